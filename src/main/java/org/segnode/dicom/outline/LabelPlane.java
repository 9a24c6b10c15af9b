package org.segnode.dicom.outline;

/**
 * A plane of a volume of labels.
 *
 * @param labels of the volume, handed over
 * @param start index of the plane's first pixel
 * @param firstRow before which a label is not looked for
 * @param endRow from which on it is not looked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record LabelPlane(short[] labels, int start, int rows, int columns, int firstRow, int endRow) {
    public LabelPlane {
        if (firstRow < 0 || endRow > rows || start < 0 || start + rows * columns > labels.length) {
            throw new IllegalArgumentException("rows " + firstRow + " to " + endRow + " of a plane of " + rows + " x "
                    + columns + " from " + start + " on are not within " + labels.length + " labels");
        }
    }

    /** All of its rows. */
    public LabelPlane(short[] labels, int start, int rows, int columns) {
        this(labels, start, rows, columns, 0, rows);
    }

    /** Where a label is looked for. */
    public LabelPlane between(int first, int end) {
        return new LabelPlane(labels, start, rows, columns, first, end);
    }

    /** Outside the plane there is no label. */
    boolean has(int label, int row, int column) {
        return row >= 0
                && row < rows
                && column >= 0
                && column < columns
                && labels[start + row * columns + column] == label;
    }
}
