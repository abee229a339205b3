using System.Globalization;
using System.Net;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>The pseudonyms of one run: the same original has the same one everywhere. Safe for several threads.</summary>
internal sealed class Pseudonyms : IDisposable
{
    private readonly Lock gate = new();
    private readonly AnalyzerLimits limits;
    private readonly PseudonymSource source;
    private readonly AddressPseudonyms addresses;
    private readonly NamePseudonyms names;
    private readonly DirectoryNamePseudonyms directory;
    private readonly Dictionary<Original, string> known = [];
    private readonly HashSet<string> issued = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes an empty book.</summary>
    /// <param name="options">How values are replaced.</param>
    /// <param name="limits">How many values are; null for the limits that hold when nothing else is said.</param>
    public Pseudonyms(RedactionOptions options, AnalyzerLimits? limits = null)
    {
        this.limits = limits ?? AnalyzerLimits.Default;
        source = new PseudonymSource(options.Key);
        addresses = new AddressPseudonyms(source, options);
        names = new NamePseudonyms(source, addresses);
        directory = new DirectoryNamePseudonyms(source, names);
    }

    /// <summary>Every original with its pseudonym, for the owner, in the order of kind and text.</summary>
    public IReadOnlyList<(Original Original, string Pseudonym)> All
    {
        get
        {
            lock (gate) return [.. known.Where(k => k.Key.Text != k.Value).Select(k => (k.Key, k.Value)).OrderBy(k => k.Key.Kind).ThenBy(k => k.Key.Text, StringComparer.Ordinal)];
        }
    }

    /// <summary>True for a value that this book has given out: it may stand in a product though it is also somebody's original.</summary>
    public bool IsIssued(string text)
    {
        lock (gate) return issued.Contains(text);
    }

    /// <summary>True for values that identify nobody and stay.</summary>
    public static bool Stays(Original original) => original.Kind switch
    {
        OriginalKind.Address => IpAddress.Parse(original.Text) is not { } address || AddressPseudonyms.Stays(address),
        OriginalKind.Name => NamePseudonyms.Stays(original.Text),
        OriginalKind.Authority => original.Text.Length == 0 || DirectoryNamePseudonyms.IsPublic(original.Text),
        OriginalKind.RequestLine => original.Text.Split(' ') is [_, "/" or "*", _],
        OriginalKind.StatusLine => KeptOfStatus(original.Text) == original.Text.Length,
        OriginalKind.FreeText => original.Text.Length <= original.Kept,
        OriginalKind.File => original.Text is "" or "-",
        OriginalKind.LinkAddress => original.Text.Length == 0 || original.Text == PaeGroup,
        _ => original.Text.Length == 0,
    };

    /// <summary>Makes known what the originals of a connection are before any pseudonym is made for it: none of them is one.</summary>
    public void Note(IEnumerable<Original> originals)
    {
        lock (gate)
        {
            foreach (var (kind, text) in originals.Select(o => (o.Kind, o.Text)))
            {
                if (kind == OriginalKind.Address && IpAddress.Parse(text) is { } address) addresses.Note(address);
                else if (kind == OriginalKind.Name) names.Note(text);
                else if (kind is OriginalKind.Subject or OriginalKind.Authority) directory.Note(text);
            }
        }
    }

    /// <summary>The value in place of an original.</summary>
    /// <exception cref="PseudonymsExhaustedException">There are more originals than pseudonyms.</exception>
    public string Of(Original original)
    {
        if (Stays(original)) return original.Text;
        lock (gate)
        {
            if (known.TryGetValue(original, out var made)) return made;
            if (known.Count >= limits.Pseudonyms) throw PseudonymsExhaustedException.OfBook(limits.Pseudonyms);
            made = known[original] = Make(original);
            issued.Add(made);
            return made;
        }
    }

    /// <summary>The address in place of another.</summary>
    public IpAddress Of(IpAddress address) => IpAddress.Parse(Of(new Original(address.IsLinkLayer ? OriginalKind.LinkAddress : OriginalKind.Address, address.ToString()))) ?? default;

    /// <summary>The bytes in place of others, as many.</summary>
    public byte[] Of(OriginalKind kind, ReadOnlySpan<byte> bytes) => Convert.FromHexString(Of(Original.Of(kind, bytes)));

    /// <summary>The value of one attribute in place of another.</summary>
    public string OfAttribute(string type, string value)
    {
        lock (gate) return directory.Value(type, value);
    }

    /// <inheritdoc/>
    public void Dispose() => addresses.Dispose();

    private string Make(Original original) => original.Kind switch
    {
        OriginalKind.Address => addresses.Of(IpAddress.Parse(original.Text)!.Value).ToString(),
        OriginalKind.Name => names.Of(original.Text),
        OriginalKind.NameList => string.Join(' ', original.Text.Split(' ').Select(names.Of)),
        OriginalKind.Subject or OriginalKind.Authority => directory.Of(original.Text),
        OriginalKind.RequestLine => Request(original.Text),
        OriginalKind.StatusLine => original.Text[..KeptOfStatus(original.Text)],
        OriginalKind.FreeText => $"{original.Text[..original.Kept]}({Removed(original.Text.Length - original.Kept)})",
        OriginalKind.Protocol => Unused("protocol", original.Text, d => source.IsKeyed ? PseudonymSource.Letters(d, original.Text.Length) : $"protocol-{PseudonymSource.NumberIn(d)}"),
        OriginalKind.File => Unused("file", original.Text, d => $"capture-{(source.IsKeyed ? PseudonymSource.Letters(d, 6) : PseudonymSource.NumberIn(d).ToString(CultureInfo.InvariantCulture))}{Extension(original.Text)}"),
        OriginalKind.Fingerprint when original.Text.StartsWith("sha256/", StringComparison.Ordinal) => $"sha256/{Convert.ToBase64String(Unused("pin", original.Text, d => Convert.ToHexStringLower(d)) is var hex ? Convert.FromHexString(hex) : [])}",
        OriginalKind.LinkAddress when original.Text.Contains(':', StringComparison.Ordinal) => Octets(original),
        _ => Hex(original),
    };

    private static string Removed(int length) => length == 1 ? "1 character removed" : string.Create(CultureInfo.InvariantCulture, $"{length} characters removed");

    /// <summary>A link-layer address in its usual form: "02:00:00:00:00:01".</summary>
    private string Octets(Original original) =>
        string.Join(':', Hex(original with { Text = original.Text.Replace(":", "", StringComparison.Ordinal) }).Chunk(2).Select(static octet => new string(octet)));

    /// <summary>Digits in place of others, as many, without a change of sign.</summary>
    private string Hex(Original original)
    {
        var length = original.Text.Length;
        return Unused(original.Kind.ToString(), original.Text, drawn =>
        {
            while (drawn.Length * 2 < length) drawn = source.IsKeyed ? [.. drawn, .. System.Security.Cryptography.SHA256.HashData(drawn)] : [.. new byte[drawn.Length], .. drawn];
            var digits = Convert.ToHexStringLower(drawn)[^length..].ToCharArray();
            if (original.Kind == OriginalKind.SerialNumber && length > 0) digits[0] = original.Text[0] == '-' ? '-' : (char)('1' + ((digits[0] & 0xF) % 7));
            return new string(digits);
        });
    }

    private string Unused(string kind, string original, Func<byte[], string> make)
    {
        for (var attempt = 0; ; attempt++)
        {
            var made = make(source.Draw(kind, original, attempt));
            if ((!issued.Contains(made) && made != original) || attempt >= MaxAttempts) return made;
        }
    }

    /// <summary>Method and version stay; of the target the path and the query are replaced together, a host as a name.</summary>
    private string Request(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length < 3) return $"({Removed(line.Length)})";
        var target = string.Join(' ', parts[1..^1]);
        return $"{parts[0]} {Target(target)} {parts[^1]}";
    }

    private string Target(string target)
    {
        if (target.StartsWith('/')) return Path(target);
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return names.Of(target);
        var start = scheme + 3;
        var end = target.IndexOf('/', start);
        return end < 0 ? target[..start] + names.Of(target[start..]) : target[..start] + names.Of(target[start..end]) + Path(target[end..]);
    }

    private string Path(string path) => path.Length == 1 ? path
        : Unused("path", path, d => $"/{(source.IsKeyed ? PseudonymSource.Letters(d, path.Length - 1) : $"path-{PseudonymSource.NumberIn(d)}")}");

    private static string Extension(string file)
    {
        var ending = System.IO.Path.GetExtension(file);
        return ending.ToLowerInvariant() is ".pcap" or ".pcapng" or ".cap" or ".gz" ? ending : "";
    }

    /// <summary>The protocol's version and the status; the reason phrase too where it is the usual one.</summary>
    private static int KeptOfStatus(string line)
    {
        var status = line.IndexOf(' ', StringComparison.Ordinal) + 1;
        if (status == 0 || line.Length < status + 3 || !int.TryParse(line.AsSpan(status, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return Math.Min(line.Length, "HTTP/1.1".Length);
        var phrase = line[(status + 3)..].Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return phrase.Length == 0 || phrase.Equals(((HttpStatusCode)code).ToString(), StringComparison.OrdinalIgnoreCase) ? line.Length : status + 3;
    }

    /// <summary>The group address of IEEE 802.1X, to which every station sends.</summary>
    private static readonly string PaeGroup = IpAddress.EapolGroup.ToString();

    private const int MaxAttempts = 1000;
}
