using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Exchange;

/// <summary>A value of a row with its path, read as what it must be.</summary>
/// <param name="Element">The value.</param>
/// <param name="Path">Where it stands: "drawing.steps[3].first".</param>
/// <param name="Limits">The caps that hold.</param>
internal readonly record struct RowValue(JsonElement Element, string Path, AnalyzerLimits Limits)
{
    /// <summary>A member that must be there.</summary>
    /// <exception cref="RowException">It is not.</exception>
    public RowValue this[string name] => Optional(name) ?? throw new RowException($"{PathOf(name)} is missing");

    /// <summary>A member; null where it is absent or null.</summary>
    public RowValue? Optional(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw Wrong("an object");
        try
        {
            return Element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? new RowValue(found, PathOf(name), Limits) : null;
        }
        catch (InvalidOperationException wrong)
        {
            // Names are compared as they are sent, and one that is escaped may be no text.
            throw new RowException($"a name of {(Path.Length > 0 ? Path : "the row")} is not Unicode", wrong);
        }
    }

    /// <summary>The items of an array member; none where it is absent.</summary>
    public List<RowValue> Items(string name, int most = int.MaxValue) => Optional(name)?.Items(most) ?? [];

    /// <summary>The items of an array.</summary>
    public List<RowValue> Items(int most = int.MaxValue)
    {
        if (Element.ValueKind != JsonValueKind.Array) throw Wrong("an array");
        if (Element.GetArrayLength() > most) throw new RowException($"{Path} has more than {most} items");
        var items = new List<RowValue>(Element.GetArrayLength());
        foreach (var item in Element.EnumerateArray()) items.Add(new RowValue(item, $"{Path}[{items.Count}]", Limits));
        return items;
    }

    /// <summary>The texts of an array member; none where it is absent.</summary>
    public List<string> Texts(string name) => Items(name).ConvertAll(static item => item.Text());

    /// <summary>A text.</summary>
    public string Text()
    {
        if (Element.ValueKind != JsonValueKind.String) throw Wrong("a text");
        string text;
        try
        {
            text = Element.GetString()!;
        }
        catch (InvalidOperationException wrong)
        {
            throw new RowException($"{Path} is not Unicode", wrong);
        }

        return text.Length <= Limits.RowTextCharacters ? text : throw new RowException($"{Path} is longer than {Limits.RowTextCharacters} characters");
    }

    /// <summary>A code of this program: lower-case letters, digits and dashes. It is drawn as it is, and so must be nothing else.</summary>
    public string Code()
    {
        var code = Text();
        return code.Length > 0 && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? code : throw Wrong("a code");
    }

    /// <summary>A text member; null where it is absent or null.</summary>
    public string? TextOf(string name) => Optional(name)?.Text();

    /// <summary>A flag member; false where it is absent.</summary>
    public bool Flag(string name) => Optional(name)?.Truth() ?? false;

    /// <summary>True or false.</summary>
    public bool Truth() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    /// <summary>A whole number between two bounds.</summary>
    public long Number(long least, long most)
    {
        if (Element.ValueKind != JsonValueKind.Number || !Element.TryGetInt64(out var number)) throw Wrong("a whole number");
        return number >= least && number <= most ? number : throw new RowException($"{Path} is {number}; possible is {least} to {most}");
    }

    /// <summary>The number of a frame.</summary>
    public long Frame() => Number(1, MostFrames);

    /// <summary>A port.</summary>
    public ushort Port() => (ushort)Number(0, ushort.MaxValue);

    /// <summary>A duration in milliseconds.</summary>
    public Duration Milliseconds()
    {
        if (Element.ValueKind != JsonValueKind.Number || !Element.TryGetDecimal(out var number) || number is < -MostMilliseconds or > MostMilliseconds) throw Wrong("a number of milliseconds");
        return new Duration((long)(number * 1_000_000m));
    }

    /// <summary>A duration member in milliseconds; null where it is not known.</summary>
    public Duration? Milliseconds(string name) => Optional(name)?.Milliseconds();

    /// <summary>A moment, in nanoseconds since another one.</summary>
    public Timestamp Since(Timestamp start) => start + new Duration(Number(-MostNanoseconds, MostNanoseconds));

    /// <summary>A frame and its moment.</summary>
    public FrameMark Mark(Timestamp start) => Items(2) is [var frame, var time] ? new FrameMark(frame.Frame(), time.Since(start)) : throw Wrong("a frame and its nanoseconds");

    /// <summary>A mark member; not set where it is absent.</summary>
    public FrameMark Mark(string name, Timestamp start) => Optional(name)?.Mark(start) ?? default;

    /// <summary>An address.</summary>
    public IpAddress Address() => IpAddress.Parse(Text()) ?? throw Wrong("an IP address");

    /// <summary>A moment in the form of RFC 3339 in UTC, to the nanosecond.</summary>
    public Timestamp Moment()
    {
        var text = Text();
        if (text.Length is < 21 or > 30 || text[^1] != 'Z' || text[19] != '.' || !long.TryParse(text[20..^1].PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var fraction)
            || !DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var second)
            || second.Year is < FirstYear or > LastYear) throw Wrong($"a time in UTC between {FirstYear} and {LastYear}");
        return new Timestamp((((second - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond) * Timestamp.PerSecond) + fraction);
    }

    /// <summary>The sentence about a value of another kind.</summary>
    public RowException Wrong(string wanted) => new($"{(Path.Length == 0 ? "the row" : Path)} is not {wanted}");

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Frames of a capture, and a bound that sums of them do not overflow.</summary>
    private const long MostFrames = 1L << 53;

    // Of moments and lengths of thirty years any sum stays in range.
    private const long MostNanoseconds = 1_000_000_000_000_000_000;
    private const decimal MostMilliseconds = 1_000_000_000_000m;
    private const int FirstYear = 1900;
    private const int LastYear = 2200;
}
