package org.safeschedule.timefold;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.Arrays;

/** Keeps a Tally of the working week and turns it into a score. */
public class WeekScore implements IncrementalScoreCalculator<Week, BendableLongScore> {
    private Tally tally;

    /** Scores a week from the beginning. */
    public static BendableLongScore of(Week week) {
        WeekScore score = new WeekScore();
        score.resetWorkingSolution(week);
        return score.calculateScore();
    }

    @Override
    public void resetWorkingSolution(Week week) {
        tally = new Tally(week.facts(), week.getTasks());
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {
        tally.lift((Task) entity);
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        tally.put((Task) entity);
    }

    @Override
    public BendableLongScore calculateScore() {
        long[] levels = tally.levels();
        long[] soft = Arrays.copyOfRange(levels, 1, levels.length);
        return BendableLongScore.of(new long[] {levels[0]}, soft);
    }

    @Override
    public void beforeEntityAdded(Object entity) {
        // Tasks neither come nor go.
    }

    @Override
    public void afterEntityAdded(Object entity) {
        // Tasks neither come nor go.
    }

    @Override
    public void beforeEntityRemoved(Object entity) {
        // Tasks neither come nor go.
    }

    @Override
    public void afterEntityRemoved(Object entity) {
        // Tasks neither come nor go.
    }
}
