package org.safeschedule.timefold;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.entity.PlanningPin;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A session or a protected block, to be put into one of its places or left out. */
@PlanningEntity
public class Task {
    private int number;
    private boolean pinned;
    private Kind kind;
    private List<Place> places;
    private Place place;
    /** By clinician and date, in the order of time, shorter places first. */
    private Map<Integer, List<Place>> byDay;

    public Task() {
        // Timefold makes its copies this way.
    }

    public Task(int number, Kind kind, List<Place> places, boolean pinned) {
        this.number = number;
        this.kind = kind;
        this.places = places;
        this.pinned = pinned;
        place = pinned ? places.get(0) : null;
        byDay = places.stream()
                .sorted(Comparator.comparingInt((Place p) -> p.start).thenComparingInt(p -> p.minutes))
                .collect(Collectors.groupingBy(p -> clinicianAt(p) * 7 + p.start / Facts.DAY));
    }

    @PlanningId
    public int getNumber() {
        return number;
    }

    @PlanningPin
    public boolean isPinned() {
        return pinned;
    }

    @ValueRangeProvider
    public List<Place> getPlaces() {
        return places;
    }

    @PlanningVariable(allowsUnassigned = true)
    public Place getPlace() {
        return place;
    }

    public void setPlace(Place place) {
        this.place = place;
    }

    public Kind kind() {
        return kind;
    }

    /** The places on one clinician's date (7 x clinician + date), in the order of time. */
    List<Place> placesOn(int day) {
        return byDay.getOrDefault(day, List.of());
    }

    /** The clinician whose time a place takes. */
    public int clinicianAt(Place at) {
        return kind.clinician >= 0 ? kind.clinician : at.clinician;
    }
}
