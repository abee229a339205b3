using System.Globalization;

namespace HandshakeToMermaid.Capture;

/// <summary>A moment as the capture wrote it: nanoseconds since 1970-01-01 UTC. Never the clock of the machine that reads.</summary>
/// <param name="Nanoseconds">Nanoseconds since the epoch; negative before it.</param>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    /// <summary>Nanoseconds in a second.</summary>
    public const long PerSecond = 1_000_000_000;

    /// <summary>The time that passed, <paramref name="later"/> minus <paramref name="earlier"/>.</summary>
    public static Duration operator -(Timestamp later, Timestamp earlier) => new(unchecked(later.Nanoseconds - earlier.Nanoseconds));

    /// <summary>A moment after this one.</summary>
    public static Timestamp operator +(Timestamp start, Duration duration) => new(unchecked(start.Nanoseconds + duration.Nanoseconds));

    /// <summary>True where <paramref name="left"/> is earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>True where <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanoseconds >= right.Nanoseconds;

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>RFC 3339 in UTC with six fraction digits, or nine where the capture has them.</summary>
    public override string ToString()
    {
        var seconds = Math.DivRem(Nanoseconds, PerSecond, out var fraction);
        if (fraction < 0) (seconds, fraction) = (seconds - 1, fraction + PerSecond);
        var moment = DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return fraction % 1000 == 0 ? $"{moment}.{fraction / 1000:D6}Z" : $"{moment}.{fraction:D9}Z";
    }
}
