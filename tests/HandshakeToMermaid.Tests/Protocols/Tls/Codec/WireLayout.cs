using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec;

/// <summary>
/// The fields of a structure as its RFC lists them, and the fault that bytes have by them: the first field that does not fit, or what is left over.
/// <c>a:2</c> is a field of two bytes, <c>a!2</c> one whose value decides what follows, <c>a&lt;2&gt;</c> an opaque vector with a length of two bytes,
/// <c>a&lt;2&gt;/2</c> one of whole pairs, <c>a&lt;2&gt;{...}</c> a list of structures, <c>a@b</c> bytes that the field b counts; behind <c>?</c> all may be
/// absent together. The last word names the structure.
/// </summary>
internal sealed partial class WireLayout
{
    private readonly List<Field> fields;
    private readonly string name;
    private readonly bool mayBeEmpty;

    public WireLayout(string text)
    {
        mayBeEmpty = text[0] == '?';
        var words = new Queue<Match>(Words().Matches(text));
        fields = Fields(words);
        name = words.Dequeue().Value;
    }

    /// <summary>The fault of the bytes; that of <see cref="FaultKind.None"/> where they fit.</summary>
    public WireFault FaultOf(ReadOnlySpan<byte> bytes) => Read(bytes, null);

    /// <summary>The values, in hex, of the fields that decide what follows, as far as they are there.</summary>
    public string Decided(ReadOnlySpan<byte> bytes)
    {
        var values = new StringBuilder();
        Read(bytes, values);
        return values.ToString();
    }

    private WireFault Read(ReadOnlySpan<byte> bytes, StringBuilder? decided)
    {
        if (mayBeEmpty && bytes.IsEmpty) return default;
        var (at, fault) = (0, default(WireFault));
        Read(fields, bytes, ref at, ref fault, [], decided);
        return !fault.IsFault && at < bytes.Length ? new WireFault(FaultKind.Trailing, at, name) : fault;
    }

    private static void Read(List<Field> fields, ReadOnlySpan<byte> bytes, ref int at, ref WireFault fault, Dictionary<string, int> numbers, StringBuilder? decided)
    {
        foreach (var field in fields)
        {
            if (field.IsOptional && at == bytes.Length) continue;
            var length = field.Length ?? (field.Counter is { } counter ? numbers[counter] : 0);
            if (field.Prefix > 0)
            {
                if (Lacks(field.Prefix, field, bytes, at, ref fault)) return;
                length = Number(bytes.Slice(at, field.Prefix));
                at += field.Prefix;
            }

            if (length % field.Step != 0) fault = new WireFault(FaultKind.BadValue, at, field.Counter ?? field.Name);
            if (fault.IsFault || Lacks(length, field, bytes, at, ref fault)) return;
            if (field.Length is <= 3) numbers[field.Name] = Number(bytes.Slice(at, length));
            if (field.IsDecisive) decided?.Append(Convert.ToHexString(bytes.Slice(at, length)));
            var end = at + length;
            if (field.Inner is null) at = end;
            while (at < end && !fault.IsFault) Read(field.Inner!, bytes[..end], ref at, ref fault, numbers, decided);
            if (fault.IsFault) return;
        }
    }

    private static bool Lacks(int count, Field field, ReadOnlySpan<byte> bytes, int at, ref WireFault fault)
    {
        if (bytes.Length - at >= count) return false;
        fault = new WireFault(FaultKind.Short, at, field.Name);
        return true;
    }

    private static int Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var one in bytes) number = (number << 8) | one;
        return number;
    }

    private static List<Field> Fields(Queue<Match> words)
    {
        var found = new List<Field>();
        while (words.TryPeek(out var word) && word.Groups["name"].Success && word.Length > word.Groups["name"].Length)
        {
            words.Dequeue();
            var group = word.Groups;
            var step = group["step"].Success ? int.Parse(group["step"].Value) : 1;
            var counter = group["counter"].Success ? group["counter"].Value : null;
            var field = new Field(group["name"].Value, IntOf(group["length"]), IntOf(group["prefix"]) ?? 0, counter, step, group["kind"].Value == "!", false, null);
            if (group["open"].Success)
            {
                var inner = Fields(words);
                field = field with { Inner = inner, IsOptional = words.Dequeue().Value == "}?" };
            }

            found.Add(field);
        }

        return found;
    }

    private static int? IntOf(Group group) => group.Success ? int.Parse(group.Value) : null;

    [GeneratedRegex(@"\}\??|(?<name>[\w-]+)(?:(?<kind>[:!])(?<length>\d+)|<(?<prefix>\d)>|@(?<counter>[\w-]+))?(?:/(?<step>\d))?(?<open>\{)?")]
    private static partial Regex Words();

    private sealed record Field(string Name, int? Length, int Prefix, string? Counter, int Step, bool IsDecisive, bool IsOptional, List<Field>? Inner);
}
