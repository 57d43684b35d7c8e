package org.safeschedule.timefold;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractSimplifiedMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts several tasks into new places at once. */
final class ChangeMany extends AbstractSimplifiedMove<Week> {
    private final List<Task> tasks = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** Adds a task and its place (null: none) unless it is there already. */
    void add(Task task, Place place) {
        if (task.getPlace() != place) {
            tasks.add(task);
            places.add(place);
        }
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Week> director) {
        return !tasks.isEmpty();
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Week> director) {
        for (int n = 0; n < tasks.size(); n++) {
            Task task = tasks.get(n);
            director.beforeVariableChanged(task, "place");
            task.setPlace(places.get(n));
            director.afterVariableChanged(task, "place");
        }
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return tasks;
    }

    @Override
    public Collection<?> getPlanningValues() {
        return places;
    }
}
