using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>
/// What a careful client checks of the server's certificate, looked at again: name, dates, chain, and, where they were
/// asked for, authority and pins; and what a server checks of the client's.
/// </summary>
internal sealed class CertificateInspection(RuleContext witness) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<Check> Inspect(Connection connection) => witness.Of(connection) is { } tls ? [.. OfServer(tls), .. OfClient(tls)] : [];

    private IEnumerable<Check> OfServer(TlsEvidence tls)
    {
        if (tls.ServerChain is not { } sent) yield break;
        yield return Name(sent, tls.WantedName) with { At = sent.Step };
        yield return Dates(sent) with { At = sent.Step };
        yield return Chain(sent.Chain) with { At = sent.Step, Signers = Signers(sent.Chain) };
        if (sent.Chain.Trust != ChainTrust.NotAsked)
        {
            var isTrusted = sent.Chain.Trust == ChainTrust.Trusted;
            yield return new Check("authority", isTrusted, isTrusted ? "CA trusted" : "CA not trusted") { At = sent.Step };
        }
        else if (!sent.Chain.IsSelfSigned && tls is { IsClientsAlert: true, Complaint.Code: UnknownCa })
        {
            yield return new Check("authority", false, "CA unknown to the client") { At = sent.Step };
        }

        if (sent.Chain.WeakKey is { } weak) yield return new Check("strength", false, $"key too weak: {weak.Key}") { At = sent.Step };
        yield return Revocation(tls, sent) with { At = sent.Step };
        if (Key(tls, Side.Server) is { } key) yield return key with { At = sent.Step };
        if (witness.Pins.Count > 0)
        {
            var isPinned = sent.Chain.Sent.Any(c => witness.Pins.Any(pin => pin.Matches(c)));
            yield return new Check("pin", isPinned, isPinned ? "pin matches" : "pin does not match") { At = sent.Step };
        }
    }

    /// <summary>A client's certificate has no name that its server expects by itself.</summary>
    private static IEnumerable<Check> OfClient(TlsEvidence tls)
    {
        if (tls.ClientChain is not { } sent) yield break;
        yield return Dates(sent) with { At = sent.Step, By = Side.Server };
        yield return Chain(sent.Chain) with { At = sent.Step, By = Side.Server, Signers = Signers(sent.Chain) };
        if (tls is { IsServersAlert: true, Complaint.Code: UnknownCa }) yield return new Check("authority", false, "CA unknown to the server") { At = sent.Step, By = Side.Server };
        if (sent.Chain.WeakKey is { } weak) yield return new Check("strength", false, $"key too weak: {weak.Key}") { At = sent.Step, By = Side.Server };
        if (Key(tls, Side.Client) is { } key) yield return key with { At = sent.Step, By = Side.Server };
    }

    private static Check Revocation(TlsEvidence tls, SentChain sent)
    {
        if (tls.Staple is not { Single: { } single } staple) return new Check("staple", null, "no OCSP staple");
        if (staple.IsExpired) return new Check("staple", false, "OCSP staple expired");
        var age = sent.HasClock && staple.Age is { } old ? $", {Wording.Age(old)} old" : "";
        return new Check("staple", single.Status == CertificateStatus.Good, $"OCSP status {single.Status.ToString().ToLowerInvariant()}{age}");
    }

    private static IReadOnlyList<string> Signers(CertificateChain chain) =>
        [.. chain.Path.Where(c => !c.IsSelfIssued && !c.IssuerDer.IsEmpty).Select(c => c.IssuerCommonName ?? c.Issuer)];

    /// <summary>Whether a side showed that its certificate's key is its own; null where the handshake shows no signature of it.</summary>
    private static Check? Key(TlsEvidence tls, Side side)
    {
        foreach (var verification in tls.Facts.Verifications)
        {
            if (verification.From != side || verification.What is VerificationSubject.Finished or VerificationSubject.OcspResponse) continue;
            return verification.Verdict switch
            {
                VerificationVerdict.Valid => new Check("key", true, "signature valid"),
                VerificationVerdict.Invalid => new Check("key", false, "signature invalid"),
                _ => null,
            };
        }

        return null;
    }

    private static Check Name(SentChain sent, string? wanted)
    {
        if (wanted is null) return new Check("name", null, "name unknown");
        return ServerIdentity.Match(sent.Leaf, wanted) switch
        {
            IdentityMatch.Match => new Check("name", true, "name matches"),
            IdentityMatch.CommonNameOnly => new Check("name", false, "name only in the CN"),
            _ => new Check("name", false, "name does not match"),
        };
    }

    private static Check Dates(SentChain sent)
    {
        if (!sent.HasClock) return new Check("dates", null, "no valid capture time");
        if (sent.Expired is not null) return new Check("dates", false, "expired");
        if (sent.Early is not null) return new Check("dates", false, "not yet valid");
        // An end that is no time (the year 9999) is no end.
        return sent.Leaf.NotAfter is { } until ? new Check("dates", true, $"valid for {Wording.Age(until - sent.Seen)}") : new Check("dates", null, "no expiry date");
    }

    private static Check Chain(CertificateChain chain)
    {
        if (chain.Faults is [var fault, ..] && !chain.IsSelfSigned) return new Check("chain", false, $"chain invalid: {fault.Text}");
        if (chain.IsSelfSigned) return new Check("chain", chain.Trust == ChainTrust.Trusted, "self-signed");
        if (!chain.IsInOrder) return new Check("chain", false, "chain in the wrong order");
        if (chain.NeedlessRoot is not null) return new Check("chain", true, "chain complete, root included");
        // A chain whose last issuer is missing ends at a root that was rightly not sent, or at a gap; one certificate alone shows neither.
        if (chain.MissingIssuer is not null && chain.Path.Count == 1) return new Check("chain", null, "issuer not sent");
        return new Check("chain", true, "chain in order");
    }

    private const byte UnknownCa = 48;
}
