package org.safeschedule.timefold;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One clinician's date while it is laid anew. */
final class Repacking {
    private final Facts facts;
    private final int day;
    /** What may be moved, in the order in which it is laid. */
    private final List<Task> order = new ArrayList<>();
    /** What stays: joint blocks, urgent slots, coordination (its times recur) and pins. */
    private final List<int[]> held = new ArrayList<>();
    private Task inserted;
    private Task dropped;

    Repacking(Week week, int day) {
        facts = week.facts();
        this.day = day;
        for (Task task : week.getTasks()) {
            Place place = task.getPlace();
            if (place == null || place.start / Facts.DAY != day % 7) {
                continue;
            }
            if (task.clinicianAt(place) == day / 7) {
                if (task.isPinned() || !movable(task.kind().what)) {
                    held.add(new int[] {place.start - task.kind().lead, place.start + place.minutes + task.kind().pad});
                } else {
                    order.add(task);
                }
            } else if (place.partner == day / 7) {
                held.add(new int[] {place.start, place.start + place.minutes});
            }
        }
        order.sort((a, b) -> Integer.compare(a.getPlace().start, b.getPlace().start));
    }

    private static boolean movable(int what) {
        return what == Kind.SESSION || what == Kind.DOCUMENTATION || what == Kind.BREAK;
    }

    void insert(Task task, Place place) {
        order.remove(task);
        int at = 0;
        while (at < order.size() && order.get(at).getPlace().start < place.start) {
            at++;
        }
        order.add(at, task);
        inserted = task;
    }

    /** Leaves out a random session other than one. */
    void drop(Task kept, Random random) {
        Task task = order.get(random.nextInt(order.size()));
        if (task != kept && task.kind().what == Kind.SESSION) {
            order.remove(task);
            dropped = task;
        }
    }

    /** Lets two tasks change their turns. */
    void shuffle(Random random) {
        int one = random.nextInt(order.size());
        int two = random.nextInt(order.size());
        Task task = order.get(one);
        order.set(one, order.get(two));
        order.set(two, task);
    }

    /**
     * Lays everything in its turn; sessions that find no room are left out.
     *
     * @param wanted where the inserted task starts, while the others only give way; null: all as early as can be
     * @return the move, or null when a block finds no room
     */
    ChangeMany pack(Place wanted) {
        ChangeMany move = new ChangeMany();
        int extra = 0;
        for (Task task : order) {
            extra += task.kind().extra;
        }
        int cursor = 0;
        for (Task task : order) {
            int from = 0;
            if (wanted != null) {
                from = task == inserted ? wanted.start : task.getPlace().start;
            }
            int minutes = 0;
            if (task.kind().what == Kind.DOCUMENTATION) {
                // The first block of the date takes what its sessions add to it.
                minutes = facts.docMinutes + extra;
                extra = 0;
            }
            Place place = earliest(task, Math.max(cursor, from - task.kind().lead), minutes);
            if (place == null && task.kind().what != Kind.SESSION) {
                return null;
            }
            move.add(task, place);
            if (place != null) {
                cursor = place.start + place.minutes + task.kind().pad;
            }
        }
        if (dropped != null) {
            move.add(dropped, null);
        }
        return move;
    }

    private Place earliest(Task task, int from, int minutes) {
        Kind kind = task.kind();
        for (Place place : task.placesOn(day)) {
            int low = place.start - kind.lead;
            if (low >= from && place.minutes >= minutes && free(low, place.start + place.minutes + kind.pad)) {
                return place;
            }
        }
        return null;
    }

    private boolean free(int low, int high) {
        for (int[] span : held) {
            if (low < span[1] && span[0] < high) {
                return false;
            }
        }
        return true;
    }
}
