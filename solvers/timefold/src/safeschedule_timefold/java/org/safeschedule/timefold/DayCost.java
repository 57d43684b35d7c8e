package org.safeschedule.timefold;

import java.util.List;

/** What one clinician's date costs: one pass over its pieces in the order of time. */
final class DayCost {
    private DayCost() {}

    static long[] of(Facts facts, List<Piece> pieces, int day) {
        int busyUntil = -1;
        boolean busyMeeting = false;
        int overlap = 0;
        int sessions = 0;
        int count = 0;
        int high = 0;
        int flagged = 0;
        int urgent = 0;
        int extra = 0;
        int written = 0;
        boolean morning = false;
        boolean afternoon = false;
        boolean writtenMorning = false;
        boolean writtenAfternoon = false;
        boolean meal = false;
        boolean coordinated = false;
        int stretchStart = -1;
        int stretchEnd = -1;
        int clients = 0;
        int longest = 0;
        int longestWork = 0;
        Row runs = new Row(facts.runGap, facts.runMost);
        Row pairs = new Row(facts.pairGap, 1);
        Row intakes = new Row(facts.intakeGap, 1);
        for (int n = 0; n < pieces.size(); n++) {
            Piece piece = pieces.get(n);
            Kind kind = piece.kind;
            int start = piece.start;
            int clock = start % Facts.DAY;
            boolean meeting = kind.what == Kind.MEETING;
            if (piece.low < busyUntil && !(meeting && busyMeeting)) {
                overlap += Math.min(busyUntil, piece.high) - piece.low;
            }
            if (piece.high > busyUntil) {
                busyUntil = piece.high;
                busyMeeting = meeting;
            }
            // A meeting that is longer than a stretch may be has breaks of its own.
            if (kind.what != Kind.BREAK && !(meeting && piece.end - start > facts.workStretch)) {
                if (stretchStart < 0 || piece.low - stretchEnd >= facts.pause) {
                    stretchStart = piece.low;
                    clients = 0;
                }
                stretchEnd = Math.max(stretchEnd, piece.high);
                longestWork = Math.max(longestWork, stretchEnd - stretchStart);
                clients += kind.what == Kind.SESSION || kind.what == Kind.URGENT ? piece.end - start : 0;
                longest = Math.max(longest, clients);
            }
            switch (kind.what) {
                case Kind.SESSION -> {
                    sessions++;
                    count += kind.count;
                    extra += kind.extra;
                    high += kind.high ? 1 : 0;
                    flagged += kind.flagged ? 1 : 0;
                    morning |= clock < facts.midday;
                    afternoon |= clock >= facts.midday;
                }
                case Kind.DOCUMENTATION -> {
                    written += piece.end - start;
                    boolean enough = piece.end - start >= facts.docMinutes;
                    writtenMorning |= enough && clock < facts.midday;
                    writtenAfternoon |= enough && clock >= facts.midday;
                }
                // Its places are those that are enough of a day with one.
                case Kind.BREAK -> meal |= piece.end - start >= facts.meal;
                case Kind.COORDINATION -> coordinated |= piece.end - start >= facts.heavyMinutes;
                case Kind.URGENT -> urgent++;
                default -> { }
            }
            runs.pass(piece, kind.high, kind.partsHigh);
            pairs.pass(piece, kind.high, kind.partsHigh);
            intakes.pass(piece, kind.intake, kind.partsIntakes);
        }
        int undone = (morning && !writtenMorning ? facts.docMinutes : 0)
                + (afternoon && !writtenAfternoon ? facts.docMinutes : 0);
        extra += (morning ? facts.docMinutes : 0) + (afternoon ? facts.docMinutes : 0);
        Cost cost = new Cost(facts);
        cost.add(Rule.NO_OVERLAP, overlap);
        cost.add(Rule.SESSION_LIMITS, count - facts.daySessions[day / 7]);
        cost.add(Rule.DAILY_INTENSITY, high - facts.dayHigh);
        cost.add(Rule.DOCUMENTATION, undone + Math.max(0, extra - written));
        cost.add(Rule.BREAKS, sessions > 0 && facts.needsMeal[day] && !meal ? 1 : 0);
        cost.add(Rule.BREAKS, sessions > 0 && longest > facts.longest ? 1 : 0);
        cost.add(Rule.BREAKS, sessions > 0 && longestWork > facts.workStretch ? 1 : 0);
        cost.add(Rule.COORDINATION, flagged >= facts.heavy && !coordinated ? facts.heavyMinutes : 0);
        cost.add(Rule.HIGH_INTENSITY_RUN, runs.over);
        cost.add(Rule.INTENSITY_PAIRING, pairs.over);
        cost.add(Rule.INTAKE_SPACING, intakes.over);
        cost.add(Rule.URGENT_SLOTS, urgent - 1);
        if (facts.eager) {
            // While only blocks are placed: what sessions will need wherever they come to lie.
            int unready = (facts.worksMorning[day] && !writtenMorning ? 1 : 0)
                    + (facts.worksAfternoon[day] && !writtenAfternoon ? 1 : 0)
                    + (facts.works[day] && facts.needsMeal[day] && !meal ? 1 : 0);
            if (unready > 0) {
                cost.add(1, (long) unready);
            }
        }
        return cost.levels;
    }

    /** Sessions of one sort in a row, and by how many rows are too long. */
    private static final class Row {
        private final int gap;
        private final int most;
        private int end = -1;
        private int length;
        private boolean parted;
        private int over;

        private Row(int gap, int most) {
            this.gap = gap;
            this.most = most;
        }

        private void pass(Piece piece, boolean member, boolean parts) {
            if (member) {
                length = end >= 0 && piece.start - end < gap && !parted ? length + 1 : 1;
                over += length > most ? 1 : 0;
                // Recovery is no gap.
                end = piece.high;
                parted = false;
            } else if (parts) {
                parted = true;
            }
        }
    }
}
