namespace HandshakeToMermaid.Capture;

/// <summary>A length of time between two moments of a capture, in nanoseconds; negative where frames were captured out of order.</summary>
/// <param name="Nanoseconds">The length in nanoseconds.</param>
internal readonly record struct Duration(long Nanoseconds) : IComparable<Duration>
{
    /// <summary>The length in milliseconds.</summary>
    public double Milliseconds => Nanoseconds / 1e6;

    /// <summary>A length given in milliseconds.</summary>
    public static Duration FromMilliseconds(double milliseconds) => new((long)(milliseconds * 1e6));

    /// <summary>A length given in seconds.</summary>
    public static Duration FromSeconds(double seconds) => new((long)(seconds * 1e9));

    /// <summary>Two lengths, one after the other.</summary>
    public static Duration operator +(Duration left, Duration right) => new(left.Nanoseconds + right.Nanoseconds);

    /// <summary>What is left of a length.</summary>
    public static Duration operator -(Duration left, Duration right) => new(left.Nanoseconds - right.Nanoseconds);

    /// <summary>True where <paramref name="left"/> is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is longer.</summary>
    public static bool operator >(Duration left, Duration right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => left.Nanoseconds >= right.Nanoseconds;

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
