package org.segnode.dicom;

import java.util.ArrayList;
import java.util.List;
import org.segnode.volume.Position;

/**
 * How far segments reach. Voxels are added in the order slice, row, column; of each row only the first and the last count,
 * and of these only the corners of their convex hull in the slice: the two voxels that lie farthest apart are among them.
 */
final class Extents {
    private final SourceSeries source;
    private final List<List<Outermost>> segments = new ArrayList<>();

    Extents(SourceSeries source, int count) {
        this.source = source;
        for (int i = 0; i < count; i++) {
            segments.add(new ArrayList<>());
        }
    }

    void add(int segment, int slice, int row, int column) {
        List<Outermost> slices = segments.get(segment);
        if (slices.isEmpty() || slices.get(slices.size() - 1).slice != slice) {
            slices.add(new Outermost(slice));
        }
        slices.get(slices.size() - 1).add(row, column);
    }

    /** In mm, between voxel centres; 0 for a single voxel or none. */
    double largestDiameter(int segment) {
        List<Ball> balls = segments.get(segment).stream()
                .map(outermost -> Ball.around(outermost.hull(source.slices().get(outermost.slice))))
                .toList();
        double best = 0;
        for (int i = 0; i < balls.size(); i++) {
            for (int j = balls.size() - 1; j >= i; j--) {
                best = Math.max(best, balls.get(i).farthest(balls.get(j), best));
            }
        }
        return best;
    }

    /** Points and a ball that holds them. */
    private record Ball(List<Position> points, Position centre, double radius) {
        static Ball around(List<Position> points) {
            Position sum = new Position(0, 0, 0);
            for (Position point : points) {
                sum = sum.plus(point);
            }
            Position centre = sum.times(1.0 / points.size());
            double radius = points.stream()
                    .mapToDouble(point -> point.minus(centre).length())
                    .max()
                    .orElse(0);
            return new Ball(points, centre, radius);
        }

        /** The largest distance between points of both, or something smaller if it is at most {@code best}. */
        double farthest(Ball other, double best) {
            double most = best;
            if (centre.minus(other.centre).length() + radius + other.radius <= best) {
                return best;
            }
            for (Position a : points) {
                for (Position b : other.points) {
                    most = Math.max(most, a.minus(b).length());
                }
            }
            return most;
        }
    }

    /** First and last column of each row of a segment in one slice. */
    private static final class Outermost {
        private final int slice;
        private final List<int[]> ends = new ArrayList<>();

        Outermost(int slice) {
            this.slice = slice;
        }

        void add(int row, int column) {
            int[] last = ends.isEmpty() ? null : ends.get(ends.size() - 1);
            if (last == null || last[0] != row) {
                ends.add(new int[] {row, column, column});
            } else {
                last[2] = column;
            }
        }

        /** Rows ascend, so that each side of the hull is one pass (Andrew's monotone chain). */
        List<Position> hull(Slice in) {
            List<int[]> corners = new ArrayList<>(side(1, 1));
            corners.addAll(side(2, -1));
            return corners.stream()
                    .map(corner -> in.position()
                            .plus(in.rowStep().times(corner[0]))
                            .plus(in.columnStep().times(corner[1])))
                    .toList();
        }

        private List<int[]> side(int end, int sign) {
            List<int[]> side = new ArrayList<>();
            for (int[] row : ends) {
                int[] point = {row[0], row[end]};
                while (side.size() > 1
                        && sign * turn(side.get(side.size() - 2), side.get(side.size() - 1), point) >= 0) {
                    side.remove(side.size() - 1);
                }
                side.add(point);
            }
            return side;
        }

        /** Positive where {@code b} lies to the right (greater column) of the line from {@code a} to {@code c}. */
        private static long turn(int[] a, int[] b, int[] c) {
            return (long) (b[1] - a[1]) * (c[0] - a[0]) - (long) (c[1] - a[1]) * (b[0] - a[0]);
        }
    }
}
