namespace HandshakeToMermaid.Capture;

/// <summary>A moment as the capture wrote it: nanoseconds since 1970-01-01 UTC. Never the clock of the machine that reads.</summary>
/// <param name="Nanoseconds">Nanoseconds since the epoch; negative before it.</param>
internal readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    /// <summary>Nanoseconds in a second.</summary>
    public const long PerSecond = 1_000_000_000;

    /// <summary>The time that passed, <paramref name="later"/> minus <paramref name="earlier"/>.</summary>
    public static Duration operator -(Timestamp later, Timestamp earlier) => new(unchecked(later.Nanoseconds - earlier.Nanoseconds));

    /// <summary>A moment after this one.</summary>
    public static Timestamp operator +(Timestamp start, Duration duration) => new(unchecked(start.Nanoseconds + duration.Nanoseconds));

    /// <summary>The time that passed since another moment; none where the clock went back meanwhile.</summary>
    public Duration Since(Timestamp earlier) => this > earlier ? this - earlier : default;

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

    /// <summary>The time of day in UTC, 09:41:07.250000: six places, nine where there are more than microseconds.</summary>
    public string TimeOfDay
    {
        get
        {
            var fraction = Nanoseconds % PerSecond;
            var seconds = Nanoseconds / PerSecond % SecondsPerDay;
            if (fraction < 0) (seconds, fraction) = (seconds - 1, fraction + PerSecond);
            if (seconds < 0) seconds += SecondsPerDay;
            var isMicro = fraction % 1000 == 0;
            return string.Create(isMicro ? 15 : 18, (seconds, isMicro ? fraction / 1000 : fraction), static (text, parts) =>
            {
                var (day, rest) = parts;
                "00:00:00.".CopyTo(text);
                Digits(text[..2], day / 3600);
                Digits(text[3..5], day / 60 % 60);
                Digits(text[6..8], day % 60);
                Digits(text[9..], rest);
            });
        }
    }

    /// <summary>RFC 3339 in UTC with six fraction digits, or nine where the capture has them.</summary>
    public override string ToString()
    {
        var seconds = Math.DivRem(Nanoseconds, PerSecond, out var fraction);
        if (fraction < 0) (seconds, fraction) = (seconds - 1, fraction + PerSecond);
        var isMicro = fraction % 1000 == 0;
        return string.Create(isMicro ? 27 : 30, (DateTime.UnixEpoch.AddSeconds(seconds), isMicro ? fraction / 1000 : fraction), static (text, parts) =>
        {
            var (moment, rest) = parts;
            "0000-00-00T00:00:00.".CopyTo(text);
            Digits(text[..4], moment.Year);
            Digits(text[5..7], moment.Month);
            Digits(text[8..10], moment.Day);
            Digits(text[11..13], moment.Hour);
            Digits(text[14..16], moment.Minute);
            Digits(text[17..19], moment.Second);
            Digits(text[20..^1], rest);
            text[^1] = 'Z';
        });
    }

    private static void Digits(Span<char> text, long number)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + (number % 10));
            number /= 10;
        }
    }

    private const long SecondsPerDay = 86_400;
}
