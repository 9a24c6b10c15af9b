package org.segnode.volume;

/**
 * Where a plane lies on a regular grid, in steps of the grid. A place nearly on a voxel is on it, so that nothing is
 * interpolated for a rounded decimal.
 *
 * @param slice along the stack; 0 is the first slice of the grid
 * @param row of the plane's first row
 * @param column of the plane's first column
 */
record PlanePlace(double slice, double row, double column) {
    /** Of a voxel. */
    private static final double IN_PLANE = 0.05;

    PlanePlace snapped(double alongStack) {
        return new PlanePlace(snapped(slice, alongStack), snapped(row, IN_PLANE), snapped(column, IN_PLANE));
    }

    PlanePlace minus(double slices, double rows, double columns) {
        return new PlanePlace(slice - slices, row - rows, column - columns);
    }

    boolean isWhole() {
        return row == Math.rint(row) && column == Math.rint(column);
    }

    private static double snapped(double place, double tolerance) {
        double whole = Math.rint(place);
        return Math.abs(place - whole) <= tolerance ? whole : place;
    }
}
