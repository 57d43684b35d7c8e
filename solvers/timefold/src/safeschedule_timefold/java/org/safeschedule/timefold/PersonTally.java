package org.safeschedule.timefold;

import java.util.ArrayList;
import java.util.List;

/** The running sums of each clinician's week, and what they cost. */
final class PersonTally {
    private final Facts facts;
    private final int[] count;
    private final int[] minutes;
    private final int[] highMinutes;
    private final int[] newPoints;
    private final int[] newHigh;
    private final int[] urgent;
    private final int[] consulted;
    private final List<List<Piece>> coordination = new ArrayList<>();

    PersonTally(Facts facts) {
        this.facts = facts;
        int people = facts.people;
        count = new int[people];
        minutes = new int[people];
        highMinutes = new int[people];
        newPoints = new int[people];
        newHigh = new int[people];
        urgent = new int[people];
        consulted = new int[people];
        for (int n = 0; n < people; n++) {
            coordination.add(new ArrayList<>());
        }
        for (int[] meeting : facts.meetings) {
            minutes[meeting[0]] += meeting[2] - meeting[1];
        }
    }

    void change(Piece piece, int sign) {
        Kind kind = piece.kind;
        int person = piece.clinician;
        if (kind.counted) {
            minutes[person] += sign * (piece.high - piece.low);
        }
        switch (kind.what) {
            case Kind.SESSION -> {
                count[person] += sign * kind.count;
                highMinutes[person] += kind.high ? sign * (piece.end - piece.start) : 0;
            }
            case Kind.COORDINATION -> {
                if (sign > 0) {
                    coordination.get(person).add(piece);
                } else {
                    coordination.get(person).remove(piece);
                }
            }
            case Kind.SEAT -> consulted[person] += sign;
            case Kind.URGENT -> urgent[person] += sign;
            default -> { }
        }
    }

    void host(Piece piece, int sign) {
        consulted[piece.clinician] += piece.kind.what == Kind.SEAT ? sign : 0;
        if (piece.kind.counted) {
            minutes[piece.clinician] += sign * (piece.end - piece.start);
        }
    }

    void join(int person, int client, int sign) {
        newPoints[person] += sign * facts.newPoints[client];
        newHigh[person] += facts.newHigh[client] ? sign : 0;
    }

    long[] cost(int person) {
        Cost cost = new Cost(facts);
        cost.add(Rule.SESSION_LIMITS, count[person] - facts.weekSessions[person]);
        if (facts.contracted[person] >= 0) {
            cost.add(Rule.WORKING_HOURS, minutes[person] - facts.contracted[person]);
        }
        cost.add(Rule.CASELOAD_CAP, newPoints[person] - facts.roomForPoints[person]);
        cost.add(Rule.HIGH_ACUITY_CAP, newHigh[person] - facts.roomForHigh[person]);
        cost.add(Rule.URGENT_SLOTS, urgent[person] - facts.urgentShare);
        cost.add(Rule.CONSULTATION, facts.member[person] && consulted[person] == 0 ? 1 : 0);
        int missing = facts.coordinationNeed[person];
        List<Piece> held = coordination.get(person);
        int mornings = 0;
        int afternoons = 0;
        for (int n = 0; n < held.size(); n++) {
            Piece piece = held.get(n);
            missing -= piece.end - piece.start;
            int clock = piece.start % Facts.DAY;
            boolean seen = false;
            for (int before = 0; before < n && !seen; before++) {
                seen = held.get(before).start % Facts.DAY == clock;
            }
            mornings += !seen && clock < facts.midday ? 1 : 0;
            afternoons += !seen && clock >= facts.midday ? 1 : 0;
        }
        cost.add(Rule.COORDINATION, missing);
        cost.add(Rule.COORDINATION, mornings - 1);
        cost.add(Rule.COORDINATION, afternoons - 1);
        return cost.levels;
    }

    long fairLoad() {
        long total = 0;
        for (int person = 0; person < facts.people; person++) {
            int own = facts.caseload[person];
            long counted = 100 * above(highMinutes[person], 0, 0, facts.fairStep, facts.fte[person]);
            if (facts.minutesPerPoint > 0) {
                long points = above(
                        own + newPoints[person], own, facts.lightest, 100L * facts.fairPoints, facts.fte[person]);
                counted += facts.minutesPerPoint * points;
            }
            total += (counted + 1499) / 1500;
        }
        return total;
    }

    /** What of a load lies above each limit, and above what was there before, summed over the limits. */
    private static long above(long load, long before, long base, long step, int fte) {
        long total = 0;
        for (long number = 1;; number++) {
            long limit = ((base + number * step) * fte + 99) / 100;
            if (limit >= load) {
                return total;
            }
            total += load - Math.max(limit, before);
        }
    }
}
