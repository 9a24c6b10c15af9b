package org.segnode.volume;

/**
 * A place or a step in the patient, in mm, as DICOM counts it (PS3.3 C.7.6.2.1.1).
 *
 * @param x grows to the patient's left
 * @param y grows to the patient's back
 * @param z grows to the patient's head
 */
public record Position(double x, double y, double z) {
    public Position {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new IllegalArgumentException("a position has finite coordinates, is " + x + ", " + y + ", " + z);
        }
    }

    public static Position of(double... xyz) {
        if (xyz.length != 3) {
            throw new IllegalArgumentException("a position has 3 coordinates, is given " + xyz.length);
        }
        return new Position(xyz[0], xyz[1], xyz[2]);
    }

    public Position plus(Position other) {
        return new Position(x + other.x, y + other.y, z + other.z);
    }

    public Position minus(Position other) {
        return new Position(x - other.x, y - other.y, z - other.z);
    }

    public Position times(double factor) {
        return new Position(x * factor, y * factor, z * factor);
    }

    public double dot(Position other) {
        return x * other.x + y * other.y + z * other.z;
    }

    public Position cross(Position other) {
        return new Position(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /** Angle between two directions, in radians from 0 to pi. */
    public double angleTo(Position other) {
        return Math.atan2(cross(other).length(), dot(other));
    }

    /** Distance from the origin, in mm. */
    public double length() {
        return Math.sqrt(dot(this));
    }
}
