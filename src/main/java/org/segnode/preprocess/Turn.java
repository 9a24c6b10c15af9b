package org.segnode.preprocess;

/** Turns rows of a plane into columns and back, four at a time: one by one, finding each row again takes most of the time. */
final class Turn {
    private Turn() {}

    /** Element i of row {@code first + k} becomes element k of column i. */
    static void toColumns(double[][] rows, int first, int count, double[][] columns) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            double[] a = rows[first + k];
            double[] b = rows[first + k + 1];
            double[] c = rows[first + k + 2];
            double[] d = rows[first + k + 3];
            for (int i = 0; i < columns.length; i++) {
                double[] column = columns[i];
                column[k] = a[i];
                column[k + 1] = b[i];
                column[k + 2] = c[i];
                column[k + 3] = d[i];
            }
        }
        for (; k < count; k++) {
            for (int i = 0; i < columns.length; i++) {
                columns[i][k] = rows[first + k][i];
            }
        }
    }

    /** The way back. */
    static void toRows(double[][] columns, double[][] rows, int first, int count) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            double[] a = rows[first + k];
            double[] b = rows[first + k + 1];
            double[] c = rows[first + k + 2];
            double[] d = rows[first + k + 3];
            for (int i = 0; i < columns.length; i++) {
                double[] column = columns[i];
                a[i] = column[k];
                b[i] = column[k + 1];
                c[i] = column[k + 2];
                d[i] = column[k + 3];
            }
        }
        for (; k < count; k++) {
            for (int i = 0; i < columns.length; i++) {
                rows[first + k][i] = columns[i][k];
            }
        }
    }
}
