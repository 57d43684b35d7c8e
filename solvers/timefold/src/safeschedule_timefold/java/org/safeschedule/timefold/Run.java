package org.safeschedule.timefold;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.api.solver.event.BestSolutionChangedEvent;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** One run of the solver: it is started in a thread of its own, watched, and stopped from outside. */
public final class Run implements Runnable {
    private final Solver<Week> solver;
    private final Week given;
    private volatile long[] best;
    private volatile Week found;
    private volatile Throwable failure;
    private volatile boolean stopped;

    /**
     * Prepares a run.
     *
     * @param xml the phases, as a Timefold configuration
     * @param seed of everything that is drawn
     * @param moves how many moves may be scored, or -1
     * @param checked whether Timefold checks every score against a fresh count, which is very slow
     */
    public Run(Week given, String xml, long seed, long moves, boolean checked) {
        this.given = given;
        SolverConfig config =
                SolverConfig.createFromXmlInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        config.setClassLoader(Run.class.getClassLoader());
        config.withSolutionClass(Week.class).withEntityClasses(Task.class).withRandomSeed(seed);
        config.withEnvironmentMode(checked ? EnvironmentMode.FULL_ASSERT : EnvironmentMode.NO_ASSERT);
        config.withScoreDirectorFactory(
                new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(WeekScore.class));
        if (moves >= 0) {
            TerminationConfig limits = config.getTerminationConfig();
            limits = limits == null ? new TerminationConfig() : limits;
            config.withTerminationConfig(limits.withScoreCalculationCountLimit(moves));
        }
        solver = SolverFactory.<Week>create(config).buildSolver();
        solver.addEventListener(this::note);
    }

    private void note(BestSolutionChangedEvent<Week> event) {
        BendableLongScore score = (BendableLongScore) event.getNewBestScore();
        long[] levels = new long[Facts.LEVELS];
        levels[0] = score.hardScore(0);
        for (int level = 1; level < levels.length; level++) {
            levels[level] = score.softScore(level - 1);
        }
        best = levels;
    }

    @Override
    public void run() {
        try {
            if (!stopped) {
                found = solver.solve(given);
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    /** The best score so far by level, or null. */
    public long[] best() {
        return best;
    }

    /** The best week, after the run. */
    public Week found() {
        return found;
    }

    /** What went wrong, or null. */
    public String failure() {
        return failure == null ? null : failure.toString();
    }

    /** Ends the run soon. Repeat it: a stop before the run has begun is lost. */
    public void stop() {
        stopped = true;
        solver.terminateEarly();
    }
}
