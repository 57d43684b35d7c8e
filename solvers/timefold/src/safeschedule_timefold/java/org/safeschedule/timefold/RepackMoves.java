package org.safeschedule.timefold;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Moves that lay one clinician's date anew: a session is put into it, perhaps in place of another, and what stands in
 * the way is moved on in the order of time. A change of one task alone rarely fits into a date that is nearly full.
 */
public final class RepackMoves implements MoveIteratorFactory<Week, ChangeMany> {
    @Override
    public long getSize(ScoreDirector<Week> director) {
        return director.getWorkingSolution().getTasks().size() * 100L;
    }

    @Override
    public Iterator<ChangeMany> createOriginalMoveIterator(ScoreDirector<Week> director) {
        throw new UnsupportedOperationException("These moves are drawn at random only.");
    }

    @Override
    public Iterator<ChangeMany> createRandomMoveIterator(ScoreDirector<Week> director, Random random) {
        return new Drawn(director.getWorkingSolution(), random);
    }

    private static final class Drawn implements Iterator<ChangeMany> {
        private static final int TRIES = 20;

        private final Week week;
        private final Random random;
        private final List<Task> sessions = new ArrayList<>();

        private Drawn(Week week, Random random) {
            this.week = week;
            this.random = random;
            for (Task task : week.getTasks()) {
                if (task.kind().what == Kind.SESSION && !task.isPinned()) {
                    sessions.add(task);
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !sessions.isEmpty();
        }

        @Override
        public ChangeMany next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            for (int n = 0; n < TRIES; n++) {
                ChangeMany move = draw();
                if (move != null) {
                    return move;
                }
            }
            return new ChangeMany();
        }

        private ChangeMany draw() {
            Task task = sessions.get(random.nextInt(sessions.size()));
            if (task.getPlace() != null && random.nextInt(3) > 0) {
                // Sessions that are left out are few, and get most of the turns.
                Task other = sessions.get(random.nextInt(sessions.size()));
                task = other.getPlace() == null || random.nextInt(3) == 0 ? other : leftOut(task);
            }
            Place place = task.getPlaces().get(random.nextInt(task.getPlaces().size()));
            if (task.getPlace() != null && random.nextInt(3) == 0) {
                place = task.getPlace();
            }
            Repacking day = new Repacking(week, place.clinician * 7 + place.start / Facts.DAY);
            day.insert(task, place);
            if (random.nextInt(5) < 2) {
                day.drop(task, random);
            }
            if (random.nextInt(4) == 0) {
                day.shuffle(random);
            }
            return day.pack(random.nextBoolean() ? place : null);
        }

        private Task leftOut(Task otherwise) {
            int from = random.nextInt(sessions.size());
            for (int n = 0; n < sessions.size(); n++) {
                Task task = sessions.get((from + n) % sessions.size());
                if (task.getPlace() == null) {
                    return task;
                }
            }
            return otherwise;
        }
    }
}
