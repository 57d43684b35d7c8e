package org.safeschedule.timefold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a week costs and earns by level, kept up to date move by move.
 *
 * <p>Sums are kept by clinician and date, by clinician, by client and by room. A move marks what it touches, and only
 * that is counted again when the levels are asked for.
 */
final class Tally {
    private final Facts facts;
    private final long[] total = new long[Facts.LEVELS];
    private final Piece[] pieces;
    private final List<List<Piece>> days = new ArrayList<>();
    private final Marks dayMarks;
    private final Marks personMarks;
    private final Marks clientMarks;
    private final PersonTally persons;
    private final List<List<Piece>> ofClient = new ArrayList<>();
    private final int[][] rooms;
    private final Map<Integer, Integer> joined = new HashMap<>();
    private final Map<Event, Integer> guests = new HashMap<>();
    private final Map<Event, Piece> hosting = new HashMap<>();
    private long fair;
    private boolean fairMarked = true;

    Tally(Facts facts, List<Task> tasks) {
        this.facts = facts;
        int most = -1;
        for (Task task : tasks) {
            most = Math.max(most, task.getNumber());
        }
        pieces = new Piece[most + 1];
        for (Task task : tasks) {
            pieces[task.getNumber()] = new Piece(task.kind(), task.getNumber());
        }
        persons = new PersonTally(facts);
        dayMarks = new Marks(7 * facts.people);
        personMarks = new Marks(facts.people);
        clientMarks = new Marks(facts.judged.length);
        for (int n = 0; n < 7 * facts.people; n++) {
            days.add(new ArrayList<>());
            dayMarks.add(n);
        }
        for (int n = 0; n < facts.people; n++) {
            personMarks.add(n);
        }
        for (int n = 0; n < facts.judged.length; n++) {
            ofClient.add(new ArrayList<>());
        }
        rooms = new int[facts.rooms.length][7 * Facts.DAY / facts.grid];
        int[] figures = new int[18];
        figures[0] = Kind.MEETING;
        figures[10] = 1;
        figures[11] = 1;
        Kind meeting = new Kind(figures);
        for (int n = 0; n < facts.meetings.length; n++) {
            int[] m = facts.meetings[n];
            insert(m[0] * 7 + m[1] / Facts.DAY, new Piece(meeting, -1 - n).lay(m[0], m[1], m[2] - m[1], 0, 0));
        }
        for (Task task : tasks) {
            absent(task, 1);
            put(task);
        }
    }

    /** The levels, hard first; larger is better. */
    long[] levels() {
        for (int n : dayMarks.open()) {
            dayMarks.settle(n, DayCost.of(facts, days.get(n), n), total);
        }
        for (int n : personMarks.open()) {
            personMarks.settle(n, persons.cost(n), total);
        }
        for (int n : clientMarks.open()) {
            clientMarks.settle(n, ClientCost.of(facts, ofClient.get(n), n), total);
        }
        dayMarks.clear();
        personMarks.clear();
        clientMarks.clear();
        if (fairMarked && !facts.eager) {
            long now = persons.fairLoad();
            charge(total, Rule.FAIR_LOAD, now - fair);
            fair = now;
            fairMarked = false;
        }
        return total;
    }

    private void charge(long[] levels, int rule, long amount) {
        levels[facts.level[rule]] -= facts.weight[rule] * amount;
    }

    private void absent(Task task, int sign) {
        if (task.kind().duty >= 0) {
            charge(total, task.kind().duty, sign);
        }
    }

    void put(Task task) {
        Place place = task.getPlace();
        if (place != null) {
            Kind kind = task.kind();
            pieces[task.getNumber()].lay(task.clinicianAt(place), place.start, place.minutes, kind.lead, kind.pad);
            change(task, place, 1);
        }
    }

    void lift(Task task) {
        if (task.getPlace() != null) {
            change(task, task.getPlace(), -1);
        }
    }

    private void change(Task task, Place place, int sign) {
        Kind kind = task.kind();
        Piece piece = pieces[task.getNumber()];
        int clinician = piece.clinician;
        absent(task, -sign);
        move(clinician * 7 + place.start / Facts.DAY, piece, sign);
        persons.change(piece, sign);
        personMarks.add(clinician);
        if (kind.what == Kind.SESSION) {
            session(kind, place, piece, sign);
        } else if (place.partner >= 0) {
            joint(task, place, sign);
        }
    }

    private void session(Kind kind, Place place, Piece piece, int sign) {
        if (facts.level[Rule.ACCESS] > 0) {
            total[facts.level[Rule.ACCESS]] += sign * kind.value;
        }
        long[] costs = kind.costs.get(place);
        if (costs != null) {
            for (int level = 0; level < Facts.LEVELS; level++) {
                total[level] -= sign * costs[level];
            }
        }
        fairMarked |= kind.high;
        if (facts.judged[kind.client]) {
            List<Piece> held = ofClient.get(kind.client);
            if (sign > 0) {
                held.add(piece);
            } else {
                held.remove(piece);
            }
            clientMarks.add(kind.client);
        }
        if (facts.newPoints[kind.client] >= 0) {
            int key = kind.client * facts.people + piece.clinician;
            int after = joined.merge(key, sign, Integer::sum);
            if (after == (sign > 0 ? 1 : 0)) {
                persons.join(piece.clinician, kind.client, sign);
                fairMarked = true;
            }
        }
        if (kind.roomKind >= 0 && place.inPerson) {
            room((place.site + 1) * facts.roomKinds + kind.roomKind, place, sign);
        }
    }

    private void room(int pool, Place place, int sign) {
        int[] used = rooms[pool];
        int over = 0;
        int until = (place.start + place.minutes) / facts.grid;
        for (int slot = place.start / facts.grid; slot < until; slot++) {
            int fuller = sign > 0 ? ++used[slot] : used[slot]--;
            if (fuller > facts.rooms[pool]) {
                over += facts.grid;
            }
        }
        charge(total, Rule.ROOM_CAPACITY, sign * over);
    }

    private void joint(Task task, Place place, int sign) {
        Kind kind = task.kind();
        // Consultations at the same place are one event; each one-to-one is its own.
        Event event = new Event(kind.what, kind.what == Kind.SUPERVISION ? task.getNumber() : -1, place);
        int after = guests.merge(event, sign, Integer::sum);
        int fuller = sign > 0 ? after : after + 1;
        if (kind.what == Kind.SEAT && fuller > facts.mostSeats) {
            charge(total, Rule.CONSULTATION, sign);
        }
        if (fuller == 1) {
            Piece piece = hosting.computeIfAbsent(event, e -> new Piece(kind, e.number(pieces.length)));
            piece.lay(place.partner, place.start, place.minutes, 0, 0);
            move(place.partner * 7 + place.start / Facts.DAY, piece, sign);
            persons.host(piece, sign);
            personMarks.add(place.partner);
        }
    }

    private record Event(int what, int task, Place place) {
        int number(int from) {
            return task >= 0 ? from + task : 2 * from + 10 * place.number + what;
        }
    }

    private void move(int day, Piece piece, int sign) {
        if (sign > 0) {
            insert(day, piece);
        } else {
            days.get(day).remove(piece);
        }
        dayMarks.add(day);
    }

    private void insert(int day, Piece piece) {
        List<Piece> held = days.get(day);
        int at = held.size();
        while (at > 0 && piece.before(held.get(at - 1))) {
            at--;
        }
        held.add(at, piece);
    }
}
