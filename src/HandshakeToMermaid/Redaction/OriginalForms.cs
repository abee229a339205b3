using System.Globalization;
using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>Every way in which an original of at least four bytes could stand in a text: as it is, hexadecimal, base64, punycode, with its octets reversed.</summary>
internal static class OriginalForms
{
    /// <summary>The forms; one that cannot be told from this program's own words is not among them.</summary>
    public static IEnumerable<string> Of(Original original)
    {
        foreach (var value in Values(original))
        {
            if (OwnWords.IsDistinctive(value)) yield return value;
            if (original.Kind == OriginalKind.Name)
            {
                foreach (var form in International(value)) yield return form;
            }

            if (BytesOf(original.Kind, value) is not { Length: >= Shortest } bytes) continue;
            foreach (var form in OfBytes(bytes))
            {
                if (OwnWords.IsDistinctive(form)) yield return form;
            }

            if (original.Kind != OriginalKind.Address) continue;
            foreach (var form in OfAddress(bytes)) yield return form;
        }
    }

    /// <summary>The parts of an original that mean something alone.</summary>
    private static IEnumerable<string> Values(Original original)
    {
        switch (original.Kind)
        {
            case OriginalKind.RequestLine:
                var target = original.Text.Split(' ') is { Length: > 2 } parts ? string.Join(' ', parts[1..^1]) : original.Text;
                yield return target;
                if (target.IndexOf('?', StringComparison.Ordinal) is > 0 and var query) yield return target[..query];
                break;
            case OriginalKind.StatusLine:
                break;
            case OriginalKind.FreeText:
                yield return original.Text[original.Kept..].Trim().Trim('"');
                break;
            case OriginalKind.Subject or OriginalKind.Authority when DirectoryNamePseudonyms.Parts(original.Text) is [(_, var single)]:
                yield return single;
                break;
            case OriginalKind.NameList:
                break;
            case OriginalKind.Fingerprint when original.Text.StartsWith("sha256/", StringComparison.Ordinal):
                yield return original.Text["sha256/".Length..];
                break;
            case OriginalKind.File:
                yield return original.Text;
                yield return original.Text[(original.Text.LastIndexOfAny(['/', '\\']) + 1)..];
                break;
            default:
                yield return original.Text;
                break;
        }
    }

    private static byte[]? BytesOf(OriginalKind kind, string value)
    {
        if (kind == OriginalKind.Address) return IpAddress.Parse(value)?.ToIPAddress().GetAddressBytes();
        if (kind == OriginalKind.LinkAddress) value = value.Replace(":", "", StringComparison.Ordinal);
        if (kind is OriginalKind.Session or OriginalKind.SerialNumber or OriginalKind.Fingerprint or OriginalKind.LinkAddress)
            return value.Length % 2 == 0 && value.All(char.IsAsciiHexDigit) ? Convert.FromHexString(value) : value.All(char.IsAsciiHexDigit) ? Convert.FromHexString('0' + value) : null;
        return Encoding.UTF8.GetBytes(value);
    }

    private static IEnumerable<string> OfBytes(byte[] bytes)
    {
        var hex = Convert.ToHexStringLower(bytes);
        yield return hex;
        foreach (var separator in (string[])[":", " ", "-", "\\x"]) yield return string.Join(separator, bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
        var base64 = Convert.ToBase64String(bytes).TrimEnd('=');
        yield return base64;
        if (base64.AsSpan().ContainsAny('+', '/')) yield return base64.Replace('+', '-').Replace('/', '_');
    }

    private static IEnumerable<string> OfAddress(byte[] bytes)
    {
        if (bytes.Length == 4)
        {
            yield return string.Join('.', Enumerable.Reverse(bytes));
            yield return string.Join('-', bytes);
            yield break;
        }

        yield return string.Join('.', Convert.ToHexStringLower(bytes).Reverse());
        yield return string.Join(':', Enumerable.Range(0, 8).Select(i => $"{bytes[2 * i]:x2}{bytes[(2 * i) + 1]:x2}"));
        yield return string.Join(':', Enumerable.Range(0, 8).Select(i => $"{(bytes[2 * i] << 8) | bytes[(2 * i) + 1]:x}"));
    }

    /// <summary>The other form of an internationalized name (RFC 5890): letters for punycode and the other way round.</summary>
    private static IEnumerable<string> International(string name)
    {
        var mapping = new IdnMapping();
        string? other = null;
        try
        {
            other = name.Contains("xn--", StringComparison.OrdinalIgnoreCase) ? mapping.GetUnicode(name) : Ascii.IsValid(name) ? null : mapping.GetAscii(name);
        }
        catch (ArgumentException)
        {
            // No valid name has no other form.
        }

        if (other is not null && other != name) yield return other;
    }

    private const int Shortest = 4;
}
