using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 5280 section 4.1.2.5: UTCTime YYMMDDHHMMSSZ up to 2049, GeneralizedTime YYYYMMDDHHMMSSZ from 2050. In the wild seconds
// are missing, zones are offsets, fractions are there and years reach from 0000 to 9999; all of that is read.

/// <summary>A UTCTime or GeneralizedTime.</summary>
/// <param name="Text">RFC 3339; the wire's own characters where they are no time.</param>
/// <param name="Time">The moment; null where it is none, or lies outside 1677 to 2262, which nanoseconds cannot count.</param>
/// <param name="IsValid">True where it was a time.</param>
internal readonly record struct DerTime(string Text, Timestamp? Time, bool IsValid)
{
    public static DerTime Read(byte tag, ReadOnlySpan<byte> content)
    {
        if (tag is not (DerTag.UtcTime or DerTag.GeneralizedTime) || content.Length > LongestTime) return Raw(content);
        var rest = content;
        var year = Number(ref rest, tag == DerTag.UtcTime ? 2 : 4);
        if (tag == DerTag.UtcTime) year += year < 0 ? 0 : year >= 50 ? 1900 : 2000;
        int month = Number(ref rest, 2), day = Number(ref rest, 2), hour = Number(ref rest, 2), minute = Number(ref rest, 2);
        var second = rest.Length > 0 && char.IsAsciiDigit((char)rest[0]) ? Number(ref rest, 2) : 0;
        if (year < 0 || month is < 1 or > 12 || day < 1 || day > DaysIn(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
            return Raw(content);

        var fraction = Fraction(ref rest);
        if (fraction is null || Offset(rest) is not { } offsetMinutes) return Raw(content);
        var seconds = DaysFromEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60L;
        var text = offsetMinutes == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}T{hour:D2}:{minute:D2}:{second:D2}{fraction}Z")
            : Text3339(seconds, fraction);
        if (text is null) return Raw(content);
        return new DerTime(text, Within(seconds) ? new Timestamp(seconds * Timestamp.PerSecond + Nanoseconds(fraction)) : null, true);
    }

    private static DerTime Raw(ReadOnlySpan<byte> content) => new(Encoding.Latin1.GetString(content[..Math.Min(content.Length, LongestTime)]), null, false);

    private static int Number(ref ReadOnlySpan<byte> rest, int digits)
    {
        if (rest.Length < digits) return -1;
        var number = 0;
        foreach (var b in rest[..digits])
        {
            if (!char.IsAsciiDigit((char)b)) return -1;
            number = number * 10 + (b - '0');
        }

        rest = rest[digits..];
        return number;
    }

    private static string? Fraction(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)',')) return "";
        var length = 1;
        while (length < rest.Length && char.IsAsciiDigit((char)rest[length])) length++;
        if (length == 1) return null;
        var digits = Encoding.ASCII.GetString(rest[1..length]);
        rest = rest[length..];
        return $".{digits}";
    }

    /// <summary>Minutes east of UTC; a time without a zone counts as UTC.</summary>
    private static int? Offset(ReadOnlySpan<byte> zone)
    {
        if (zone.IsEmpty || zone is [(byte)'Z']) return 0;
        if (zone[0] is not ((byte)'+' or (byte)'-')) return null;
        var sign = zone[0] == '+' ? 1 : -1;
        zone = zone[1..];
        int hours = Number(ref zone, 2), minutes = Number(ref zone, 2);
        return zone.IsEmpty && hours is >= 0 and < 24 && minutes is >= 0 and < 60 ? sign * (hours * 60 + minutes) : null;
    }

    private static string? Text3339(long seconds, string fraction)
    {
        if (seconds is < FirstDateTime or > LastDateTime) return null;
        return DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + fraction + "Z";
    }

    private static long Nanoseconds(string fraction) =>
        fraction.Length == 0 ? 0 : long.Parse(fraction.AsSpan(1, Math.Min(9, fraction.Length - 1)).ToString().PadRight(9, '0'), CultureInfo.InvariantCulture);

    private static bool Within(long seconds) => Math.Abs(seconds) < long.MaxValue / Timestamp.PerSecond - 1;

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days from 1970-01-01 in the proleptic Gregorian calendar, year 0 included, which DateTime has not.</summary>
    private static long DaysFromEpoch(int year, int month, int day)
    {
        // Counted from 1 March, so that the leap day is the year's last.
        var shifted = month <= 2 ? year - 1 : year;
        var era = Math.DivRem(shifted + 400, 400).Quotient - 1;
        var yearOfEra = shifted - era * 400;
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097L + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private const int LongestTime = 40;
    private const long FirstDateTime = -62_135_596_800;
    private const long LastDateTime = 253_402_300_799;
}
