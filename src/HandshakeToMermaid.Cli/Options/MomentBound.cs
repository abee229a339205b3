using System.Globalization;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>A moment that the user names to select connections by their start: a date with a time, a date (its beginning), or a time of day, which holds on every day.</summary>
/// <param name="Nanoseconds">Since 1970-01-01 UTC, or since midnight.</param>
/// <param name="IsTimeOfDay">True for a time of day.</param>
internal readonly record struct MomentBound(long Nanoseconds, bool IsTimeOfDay)
{
    /// <summary>Compares a moment with it: negative where the moment is earlier.</summary>
    public int Compare(Timestamp moment) => (IsTimeOfDay ? ((moment.Nanoseconds % PerDay) + PerDay) % PerDay : moment.Nanoseconds).CompareTo(Nanoseconds);

    /// <summary>Reads RFC 3339, without an offset in UTC; null where it is no moment.</summary>
    public static MomentBound? Parse(string text)
    {
        var (whole, fraction) = Split(text);
        if (fraction is null) return null;
        if (TimeOnly.TryParseExact(whole, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new MomentBound((time.Ticks * NanosecondsPerTick) + fraction.Value, IsTimeOfDay: true);
        }

        return DateTimeOffset.TryParseExact(whole, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? new MomentBound(((moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick) + fraction.Value, IsTimeOfDay: false)
            : null;
    }

    /// <summary>The text without the fraction of its second, and that in nanoseconds, which .NET reads only to a tenth of a microsecond; null where it is malformed.</summary>
    private static (string Whole, long? Fraction) Split(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return (text, 0);
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        var digits = text[(point + 1)..end];
        return digits.Length is > 0 and < 10 ? (text[..point] + text[end..], long.Parse(digits.PadRight(9, '0'), CultureInfo.InvariantCulture)) : (text, null);
    }

    private const long NanosecondsPerTick = 100;
    private const long PerDay = 86_400_000_000_000;
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];
}
