package org.safeschedule.timefold;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import java.util.ArrayList;
import java.util.List;

/** A week to be planned: its facts, and its tasks in the order in which they are placed first. */
@PlanningSolution
public class Week {
    private Facts facts;
    private List<Task> tasks;
    private BendableLongScore score;

    public Week() {
        // Timefold makes its copies this way.
    }

    public Week(Facts facts, List<Task> tasks) {
        this.facts = facts;
        this.tasks = tasks;
    }

    /**
     * Makes a week of figures.
     *
     * @param places by place, as Place reads them
     * @param kinds by task, as Kind reads them
     * @param choices by task, the numbers of its places
     * @param costs by task, groups of 1 + LEVELS: a place's number and what it costs by level
     * @param pinned by task
     */
    public static Week of(
            Facts facts, int[][] places, int[][] kinds, int[][] choices, long[][] costs, boolean[] pinned) {
        Place[] made = new Place[places.length];
        for (int n = 0; n < places.length; n++) {
            made[n] = new Place(n, places[n]);
        }
        List<Task> tasks = new ArrayList<>();
        for (int n = 0; n < kinds.length; n++) {
            Kind kind = new Kind(kinds[n]);
            List<Place> offered = new ArrayList<>();
            for (int choice : choices[n]) {
                offered.add(made[choice]);
            }
            for (int at = 0; at < costs[n].length; at += 1 + Facts.LEVELS) {
                long[] byLevel = new long[Facts.LEVELS];
                System.arraycopy(costs[n], at + 1, byLevel, 0, Facts.LEVELS);
                kind.costs.put(made[(int) costs[n][at]], byLevel);
            }
            tasks.add(new Task(n, kind, offered, pinned[n]));
        }
        return new Week(facts, tasks);
    }

    /** The same week with its first tasks only; changes to them show in both. */
    public Week first(int count) {
        return new Week(facts, new ArrayList<>(tasks.subList(0, count)));
    }

    /** Takes over the places of another week's tasks. */
    public void take(Week other) {
        for (Task task : other.tasks) {
            tasks.get(task.getNumber()).setPlace(task.getPlace());
        }
    }

    /** By task: the number of its place, or -1. */
    public int[] chosen() {
        return tasks.stream().mapToInt(t -> t.getPlace() == null ? -1 : t.getPlace().number).toArray();
    }

    /** Puts each task into the place of that number, or, for -1, into none. */
    public void choose(int[] chosen) {
        for (Task task : tasks) {
            int number = chosen[task.getNumber()];
            task.setPlace(task.getPlaces().stream().filter(p -> p.number == number).findFirst().orElse(null));
        }
    }

    public Facts facts() {
        return facts;
    }

    @PlanningEntityCollectionProperty
    public List<Task> getTasks() {
        return tasks;
    }

    @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = Facts.LEVELS - 1)
    public BendableLongScore getScore() {
        return score;
    }

    public void setScore(BendableLongScore score) {
        this.score = score;
    }
}
