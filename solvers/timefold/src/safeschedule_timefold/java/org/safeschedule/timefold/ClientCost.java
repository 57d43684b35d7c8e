package org.safeschedule.timefold;

import java.util.List;

/** What one client's week costs: hours held twice, dates too near, and one request with several clinicians. */
final class ClientCost {
    private ClientCost() {}

    static long[] of(Facts facts, List<Piece> held, int client) {
        Cost cost = new Cost(facts);
        int[] counts = new int[7];
        int overlap = 0;
        int strangers = 0;
        for (int n = 0; n < held.size(); n++) {
            Piece piece = held.get(n);
            if (!piece.kind.exempt) {
                counts[piece.start / Facts.DAY]++;
            }
            boolean sameRequest = false;
            boolean sameClinician = false;
            for (int before = 0; before < n; before++) {
                Piece other = held.get(before);
                overlap += Math.max(0, Math.min(piece.end, other.end) - Math.max(piece.start, other.start));
                boolean same = other.kind.request == piece.kind.request;
                sameRequest |= same;
                sameClinician |= same && other.clinician == piece.clinician;
            }
            strangers += sameRequest && !sameClinician ? 1 : 0;
        }
        cost.add(Rule.NO_OVERLAP, overlap);
        cost.add(Rule.CONTINUITY, strangers);
        cost.add(Rule.CLIENT_SPACING, spacing(facts, counts, client));
        return cost.levels;
    }

    private static int spacing(Facts facts, int[] counts, int client) {
        int near = 0;
        for (int day = 0; day < 7; day++) {
            if (counts[day] > 0) {
                near += Math.max(0, counts[day] - facts.spacingDay);
                for (int later = day + 1; later < 7 && later - day <= facts.between[client]; later++) {
                    near += counts[later] > 0 ? 1 : 0;
                }
                for (int past : facts.pastDays[client]) {
                    near += day - past <= facts.between[client] ? 1 : 0;
                }
            }
        }
        return near;
    }
}
