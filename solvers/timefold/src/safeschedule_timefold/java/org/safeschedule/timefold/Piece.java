package org.safeschedule.timefold;

/** A stretch of one clinician's date: a task in its place, a host's part of a joint block, or a meeting. */
final class Piece {
    final Kind kind;
    /** Its own, to tell apart what begins at the same time. */
    private final int number;
    int clinician;
    /** Held from `low` to `high`: a reset before and recovery after it included. */
    int low;
    int start;
    int end;
    int high;

    Piece(Kind kind, int number) {
        this.kind = kind;
        this.number = number;
    }

    /** Whether it stands before another in a date: the order must not depend on which came first. */
    boolean before(Piece other) {
        return low < other.low || low == other.low && number < other.number;
    }

    Piece lay(int clinician, int start, int minutes, int lead, int pad) {
        this.clinician = clinician;
        this.start = start;
        end = start + minutes;
        low = start - lead;
        high = end + pad;
        return this;
    }
}
