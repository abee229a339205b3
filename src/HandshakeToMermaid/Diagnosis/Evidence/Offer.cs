using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>What a client offered. A server that finds nothing acceptable sends handshake_failure, whichever part it was.</summary>
internal static class Offer
{
    /// <summary>"TLS 1.2", "TLS 1.0 to 1.3": the versions offered.</summary>
    public static string Versions(ClientHello? hello)
    {
        if (hello is null) return "unknown versions";
        var listed = hello.SupportedVersions.Where(v => !v.IsGrease && v.Draft == 0).OrderBy(v => v.Code).ToList();
        if (listed.Count == 0) return hello.LegacyVersion.Code <= ProtocolVersion.Ssl3.Code ? hello.LegacyVersion.Name : $"up to {hello.LegacyVersion.Name}";
        return listed.Count == 1 ? listed[0].Name : $"{listed[0].Name} to {listed[^1].Name.Replace("TLS ", "", StringComparison.Ordinal)}";
    }

    /// <summary>The highest version offered.</summary>
    public static string HighestVersion(ClientHello? hello)
    {
        if (hello is null) return "a lower version";
        var highest = hello.SupportedVersions.Where(v => !v.IsGrease && v.Draft == 0).OrderByDescending(v => v.Code).Select(v => v.Name).FirstOrDefault();
        return highest ?? hello.LegacyVersion.Name;
    }

    /// <summary>
    /// The part of the offer that the server's handshake_failure is likely about: the one in which the client offers much
    /// less than clients do. Null where the alert is another, where no part is narrow, or where more than one is.
    /// </summary>
    public static OfferPart? NarrowPart(TlsEvidence tls)
    {
        if (tls is not { IsServersAlert: true, Complaint.Code: 40, HasServerHello: false } || tls.Facts.ClientHello is not { } hello) return null;
        OfferPart? found = null;
        if (HasFewSuites(hello)) found = OfferPart.Suites;
        if (HasFewGroups(hello))
        {
            if (found is not null) return null;
            found = OfferPart.Groups;
        }

        if (!HasOneKindOfSignature(hello)) return found;
        return found is null ? OfferPart.Signatures : null;
    }

    /// <summary>Neither a full set of TLS 1.3 nor ECDHE for both kinds of key.</summary>
    private static bool HasFewSuites(ClientHello hello)
    {
        var suites = hello.CipherSuites.Where(s => !s.IsGrease && !s.IsSignal).ToList();
        if (suites.Any(s => s.KeyExchange == KeyExchangeMethod.Tls13))
        {
            return hello.OffersTls13 && suites.Count < 3 && suites.All(s => s.KeyExchange == KeyExchangeMethod.Tls13);
        }

        var modern = suites.Where(s => s.KeyExchange == KeyExchangeMethod.Ecdhe && s.Mode == CipherMode.Aead).ToList();
        return modern.Count < 2 || suites.All(s => s.Authentication == suites[0].Authentication);
    }

    /// <summary>Not both of X25519 and P-256, where there are groups at all.</summary>
    private static bool HasFewGroups(ClientHello hello) =>
        hello.SupportedGroups.Count > 0 && (!hello.SupportedGroups.Contains(NamedGroup.Secp256r1) || hello.SupportedGroups.Count(g => !g.IsGrease) == 1)
        && hello.CipherSuites.Any(s => s.KeyExchange is KeyExchangeMethod.Ecdhe or KeyExchangeMethod.Tls13);

    /// <summary>RSA alone or ECDSA alone.</summary>
    private static bool HasOneKindOfSignature(ClientHello hello)
    {
        if (hello.SignatureSchemes.Count == 0) return false;
        var hasRsa = hello.SignatureSchemes.Any(s => s.Name.StartsWith("rsa", StringComparison.OrdinalIgnoreCase));
        var hasEcdsa = hello.SignatureSchemes.Any(s => s.Name.StartsWith("ec", StringComparison.OrdinalIgnoreCase));
        return hasRsa != hasEcdsa;
    }
}
