package org.safeschedule.timefold;

/** Where a task can lie. Tasks that may lie in the same place share the object, so that they can swap. */
public final class Place {
    public final int number;
    /** Whose time it is, or -1 for the task's own clinician. */
    public final int clinician;
    /** The supervisor of a joint block, or -1. */
    public final int partner;
    /** In wall-clock minutes of the week. */
    public final int start;
    public final int minutes;
    /** The site's number, or -1. */
    public final int site;
    public final boolean inPerson;

    public Place(int number, int[] figures) {
        this.number = number;
        clinician = figures[0];
        partner = figures[1];
        start = figures[2];
        minutes = figures[3];
        site = figures[4];
        inPerson = figures[5] > 0;
    }
}
