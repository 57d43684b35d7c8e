package org.safeschedule.timefold;

import java.util.Arrays;

/** Which parts of a sum were touched, and what each part was when it was last counted. */
final class Marks {
    private final long[][] parts;
    private final boolean[] marked;
    private final int[] numbers;
    private int count;

    Marks(int size) {
        parts = new long[size][];
        marked = new boolean[size];
        numbers = new int[size];
    }

    void add(int number) {
        if (!marked[number]) {
            marked[number] = true;
            numbers[count++] = number;
        }
    }

    int[] open() {
        return Arrays.copyOf(numbers, count);
    }

    void clear() {
        for (int n = 0; n < count; n++) {
            marked[numbers[n]] = false;
        }
        count = 0;
    }

    /** Replaces a part in the total; null is a part that costs nothing. */
    void settle(int number, long[] now, long[] total) {
        long[] before = parts[number];
        for (int level = 0; level < total.length; level++) {
            total[level] += (now == null ? 0 : now[level]) - (before == null ? 0 : before[level]);
        }
        parts[number] = now;
    }
}
