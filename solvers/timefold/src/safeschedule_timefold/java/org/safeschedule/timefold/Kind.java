package org.safeschedule.timefold;

import java.util.HashMap;
import java.util.Map;

/** What a task is; never changes. The order of the figures is that of `Kind` in tasks.py. */
public final class Kind {
    public static final int SESSION = 0;
    public static final int DOCUMENTATION = 1;
    public static final int BREAK = 2;
    public static final int COORDINATION = 3;
    public static final int SEAT = 4;
    public static final int SUPERVISION = 5;
    public static final int URGENT = 6;
    public static final int OTHER = 7;
    public static final int MEETING = 8;

    public final int what;
    /** The block's clinician, or -1 where the place says whose time it is. */
    public final int clinician;
    public final int client;
    public final int request;
    /** Minutes held before it (a reset) and after it (recovery). */
    public final int lead;
    public final int pad;
    public final boolean high;
    public final boolean intake;
    /** Whether its client carries the flag coordination. */
    public final boolean flagged;
    /** Whether client spacing leaves it out. */
    public final boolean exempt;
    /** Whether it parts high-intensity sessions, and intakes, between which it starts. */
    public final boolean partsHigh;
    public final boolean partsIntakes;
    /** Whether contracted minutes count it. */
    public final boolean counted;
    /** What it counts against session limits, and its extra documentation. */
    public final int count;
    public final int extra;
    public final int roomKind;
    /** What placing it earns. */
    public final long value;
    /** The rule that asks for it, or -1. */
    public final int duty;
    /** What a place costs by level, for places that cost anything. */
    public final Map<Place, long[]> costs = new HashMap<>();

    public Kind(int[] f) {
        what = f[0];
        clinician = f[1];
        client = f[2];
        request = f[3];
        lead = f[4];
        pad = f[5];
        high = f[6] > 0;
        intake = f[7] > 0;
        flagged = f[8] > 0;
        exempt = f[9] > 0;
        partsHigh = f[10] > 0;
        partsIntakes = f[11] > 0;
        counted = f[12] > 0;
        count = f[13];
        extra = f[14];
        roomKind = f[15];
        value = f[16];
        duty = f[17];
    }
}
