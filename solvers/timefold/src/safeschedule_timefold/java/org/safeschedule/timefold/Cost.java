package org.safeschedule.timefold;

/** Gathers what a part of the week costs by level; null while that is nothing. */
final class Cost {
    private final Facts facts;
    long[] levels;

    Cost(Facts facts) {
        this.facts = facts;
    }

    void add(int rule, int amount) {
        if (amount > 0) {
            add(facts.level[rule], facts.weight[rule] * amount);
        }
    }

    void add(int level, long cost) {
        if (levels == null) {
            levels = new long[Facts.LEVELS];
        }
        levels[level] -= cost;
    }
}
