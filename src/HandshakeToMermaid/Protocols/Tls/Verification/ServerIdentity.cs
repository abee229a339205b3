// RFC 9525 section 6: the names of subjectAltName alone count; "*" stands for exactly one label, the leftmost, and is
// all of it (section 6.3); comparison ignores case (section 6.3); an IP address is compared as octets (section 6.4).
using System.Globalization;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Compares a certificate with the name that a client wanted.</summary>
internal static class ServerIdentity
{
    /// <summary>Compares; the reference is a DNS name (in A-labels or in Unicode) or an IP address.</summary>
    public static IdentityMatch Match(Certificate certificate, string reference)
    {
        if (IpAddress.Parse(reference.Trim('[', ']')) is { } address)
        {
            return certificate.IpAddresses.Contains(address) ? IdentityMatch.Match : IdentityMatch.Mismatch;
        }

        var wanted = Normalise(reference);
        foreach (var presented in certificate.DnsNames)
        {
            if (Matches(Normalise(presented), wanted)) return IdentityMatch.Match;
        }

        var isCommonName = !certificate.HasSubjectAlternativeNames && certificate.SubjectCommonName is { } name && Matches(Normalise(name), wanted);
        return isCommonName ? IdentityMatch.CommonNameOnly : IdentityMatch.Mismatch;
    }

    private static bool Matches(string presented, string wanted)
    {
        if (presented.Length == 0) return false;
        if (!presented.StartsWith("*.", StringComparison.Ordinal)) return string.Equals(presented, wanted, StringComparison.OrdinalIgnoreCase);
        var rest = presented.AsSpan(1);
        var dot = wanted.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && rest.Length > 1 && wanted.AsSpan(dot).Equals(rest, StringComparison.OrdinalIgnoreCase);
    }

    private static string Normalise(string name)
    {
        var bare = name.EndsWith('.') ? name[..^1] : name;
        if (bare.All(char.IsAscii)) return bare;
        try
        {
            return Idn.GetAscii(bare);
        }
        catch (ArgumentException)
        {
            return bare;
        }
    }

    private static readonly IdnMapping Idn = new();
}
