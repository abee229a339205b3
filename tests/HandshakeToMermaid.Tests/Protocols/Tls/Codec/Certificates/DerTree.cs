using System.Globalization;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>
/// A value in DER with the fields that its definition names. <c>02 a=05</c> is a value of a tag, a name and a content (in hex, or text in quotes),
/// <c>30 a{...}</c> one with values inside, <c>30 a*{...}</c> a list, <c>30 a+{...}</c> one behind whose fields anything may stand. Behind a tag, <c>?</c>
/// says that the value may be absent, <c>~</c> that another tag is read too.
/// </summary>
internal sealed partial class DerTree
{
    private readonly string mark = "";
    private readonly string kind = "";
    private readonly byte[] content = [];
    private readonly List<DerTree>? inner;
    private byte tag;
    private int headerLength;
    private int wholeLength;

    private DerTree(Queue<Match> words)
    {
        var group = words.Dequeue().Groups;
        (tag, Name, mark, kind) = (byte.Parse(group["tag"].Value, NumberStyles.HexNumber), group["name"].Value, group["mark"].Value, group["kind"].Value);
        content = group["text"].Success ? [.. group["text"].Value.Select(c => (byte)c)] : Convert.FromHexString(group["hex"].Value);
        if (!group["open"].Success) return;
        inner = [];
        while (words.Peek().Value != "}") inner.Add(new DerTree(words));
        words.Dequeue();
    }

    private DerTree(byte tag, string name) => (this.tag, Name) = (tag, name);

    public string Name { get; }

    public int Start { get; private set; }

    public int Content => Start + headerLength;

    public int End => Start + wholeLength;

    private bool IsOptional => mark.Contains('?');

    private bool IsAny => mark.Contains('~');

    private bool IsList => kind == "*";

    public static DerTree Parse(string text)
    {
        var tree = new DerTree(new Queue<Match>(Words().Matches(text)));
        tree.Write();
        return tree;
    }

    /// <summary>The bytes; where values lie is known afterwards.</summary>
    public byte[] Write(DerLengths lengths = DerLengths.Shortest)
    {
        var bytes = Encode(lengths);
        Place(0);
        return bytes;
    }

    /// <summary>The first value of a name.</summary>
    public DerTree Find(string name) => All().First(one => one.Name == name);

    /// <summary>Every cut, missing, additional or mistaken value, and the fault that it makes.</summary>
    public IEnumerable<(string Change, byte[] Bytes, WireFault Fault)> Faults()
    {
        var whole = Write();
        for (var length = 0; length < whole.Length; length++) yield return ($"{length} bytes", whole[..length], OfCut(length));
        foreach (var one in All().ToList())
        {
            foreach (var change in OfTag(one)) yield return change;
            foreach (var change in OfMissing(one)) yield return change;
            foreach (var change in OfAdditional(one)) yield return change;
        }
    }

    private IEnumerable<DerTree> All() => inner is null ? [this] : inner.SelectMany(one => one.All()).Prepend(this);

    private DerTree? ParentOf(DerTree child) => All().FirstOrDefault(one => one.inner?.Contains(child) == true);

    private WireFault OfCut(int length)
    {
        if (inner is null || length < Content) return new WireFault(FaultKind.Short, Start, Name);
        var cut = inner.First(one => length < one.End);
        if (length > cut.Start) return cut.OfCut(length);
        var missing = IsList ? null : inner.SkipWhile(one => one != cut).FirstOrDefault(one => !one.IsOptional);
        return new WireFault(FaultKind.Short, length, (missing ?? this).Name);
    }

    private IEnumerable<(string Change, byte[] Bytes, WireFault Fault)> OfTag(DerTree one)
    {
        if (one.IsAny) yield break;
        var was = one.tag;
        one.tag = Null;
        var bytes = Write();
        one.tag = was;
        var parent = ParentOf(one);
        var next = one.IsOptional ? parent!.inner!.SkipWhile(other => other != one).FirstOrDefault(other => !other.IsOptional) : one;
        if (next?.IsAny == true) yield break;
        yield return ($"another tag of {one.Name}", bytes, next is null && parent!.kind == "+" ? default : next is null ? new WireFault(FaultKind.Trailing, one.Start, parent!.Name) : new WireFault(FaultKind.BadValue, one.Start, next.Name));
    }

    private IEnumerable<(string Change, byte[] Bytes, WireFault Fault)> OfMissing(DerTree one)
    {
        if (ParentOf(one) is not { } parent) yield break;
        var at = parent.inner!.IndexOf(one);
        var next = parent.inner.ElementAtOrDefault(at + 1);
        parent.inner.RemoveAt(at);
        var bytes = Write();
        var fault = one.IsOptional || parent.IsList ? default
            : next is null ? new WireFault(FaultKind.Short, parent.Content + parent.inner.Sum(other => other.wholeLength), one.Name)
            : new WireFault(FaultKind.BadValue, next.Start, one.Name);
        parent.inner.Insert(at, one);
        if (fault.Kind == FaultKind.BadValue && (one.IsAny || next!.tag == one.tag)) yield break;
        yield return ($"no {one.Name}", bytes, fault);
    }

    private IEnumerable<(string Change, byte[] Bytes, WireFault Fault)> OfAdditional(DerTree one)
    {
        if (one.inner is null) yield break;
        var added = new DerTree(Null, "");
        one.inner.Add(added);
        var bytes = Write();
        one.inner.Remove(added);
        var element = one.IsList ? one.inner[0] : null;
        var fault = one.kind == "+" || element?.IsAny == true ? default
            : element is null ? new WireFault(FaultKind.Trailing, added.Start, one.Name) : new WireFault(FaultKind.BadValue, added.Start, element.Name);
        yield return ($"more in {one.Name}", bytes, fault);
    }

    private byte[] Encode(DerLengths lengths)
    {
        byte[] inside = inner is null ? content : [.. inner.SelectMany(one => one.Encode(lengths))];
        byte[] length = lengths switch
        {
            DerLengths.Indefinite when inner is not null && (tag & 0x20) != 0 => [0x80],
            DerLengths.Long => [0x84, (byte)(inside.Length >> 24), (byte)(inside.Length >> 16), (byte)(inside.Length >> 8), (byte)inside.Length],
            _ => inside.Length < 0x80 ? [(byte)inside.Length] : inside.Length < 0x100 ? [0x81, (byte)inside.Length] : [0x82, (byte)(inside.Length >> 8), (byte)inside.Length],
        };
        byte[] bytes = [tag, .. length, .. inside, .. length[0] == 0x80 ? new byte[2] : []];
        (headerLength, wholeLength) = (1 + length.Length, bytes.Length);
        return bytes;
    }

    private void Place(int at)
    {
        Start = at;
        at = Content;
        foreach (var one in inner ?? [])
        {
            one.Place(at);
            at = one.End;
        }
    }

    private const byte Null = 0x05;

    [GeneratedRegex("""\}|(?<tag>[0-9A-F]{2})(?<mark>[?~]*) (?<name>[\w-]+)(?:=(?:"(?<text>[^"]*)"|(?<hex>[0-9A-F]*))|(?<kind>[*+])?(?<open>\{))""")]
    private static partial Regex Words();
}
