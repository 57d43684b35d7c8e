package org.safeschedule.timefold;

/** The week's figures, set by name from figures.py; by clinician, by date (7 x clinician + date), by client. */
public class Facts {
    public static final int DAY = 24 * 60;
    /** The hard level and one for each of the seven tiers. */
    public static final int LEVELS = 8;

    public int people;
    public int grid;
    public int midday;
    /** Whether only blocks are placed yet. */
    public boolean eager;

    /** By rule (see Rule): the level that it counts on, and what one unit weighs there. */
    public int[] level;
    public long[] weight;

    public int[] contracted;
    public int[] caseload;
    public int[] fte;
    public int[] daySessions;
    public int[] weekSessions;
    public int[] roomForPoints;
    public int[] roomForHigh;
    public boolean[] member;
    public int[] coordinationNeed;

    public boolean[] needsMeal;
    public boolean[] works;
    public boolean[] worksMorning;
    public boolean[] worksAfternoon;
    /** Clinician, start and end of each meeting. */
    public int[][] meetings;

    /** Whether a client's sessions can get into each other's way, or into that of last week's. */
    public boolean[] judged;
    /** Points of clients who would be new to whoever sees them, otherwise -1. */
    public int[] newPoints;
    public boolean[] newHigh;
    public int[] between;
    public int[][] pastDays;

    /** Rooms by site (from -1) and kind. */
    public int roomKinds;
    public int[] rooms;

    public int docMinutes;
    public int meal;
    public int longest;
    public int workStretch;
    public int pause;
    public int heavy;
    public int heavyMinutes;
    public int dayHigh;
    public int runMost;
    public int runGap;
    public int pairGap;
    public int intakeGap;
    public int mostSeats;
    public int urgentShare;
    public int spacingDay;
    public int minutesPerPoint;
    public int fairStep;
    public int fairPoints;
    public int lightest;
}
