package org.safeschedule.timefold;

/** The rules that are scored, by number; the order is that of `SCORED` in figures.py. */
final class Rule {
    static final int ACCESS = 0;
    static final int BREAKS = 1;
    static final int CASELOAD_CAP = 2;
    static final int CLIENT_SPACING = 3;
    static final int CONSULTATION = 4;
    static final int CONTINUITY = 5;
    static final int COORDINATION = 6;
    static final int DAILY_INTENSITY = 7;
    static final int DOCUMENTATION = 8;
    static final int FAIR_LOAD = 9;
    static final int HIGH_ACUITY_CAP = 10;
    static final int HIGH_INTENSITY_RUN = 11;
    static final int INTAKE_SPACING = 12;
    static final int INTENSITY_PAIRING = 13;
    static final int NO_OVERLAP = 14;
    static final int ROOM_CAPACITY = 15;
    static final int SESSION_LIMITS = 16;
    static final int SUPERVISION = 17;
    static final int URGENT_SLOTS = 18;
    static final int WORKING_HOURS = 19;

    private Rule() {}
}
