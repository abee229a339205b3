// RFC 5280 section 6 (path validation), RFC 8446 section 4.4.2 and RFC 5246 section 7.4.2 (order of the certificates sent).
// Not judged: policies, names of other kinds than DNS and IP, revocation (see StapledStatus). Dates are the reader's: they need a time.
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>
/// A chain as it was sent, walked from the leaf up by names and keys alone. Nothing is fetched and no store of the machine
/// fills a gap: the result is what a peer without cached certificates would get.
/// </summary>
internal sealed class CertificateChain
{
    private readonly List<Certificate> path = [];
    private readonly List<int> positions = [];
    private readonly List<ChainFault> faults = [];
    private readonly TrustAnchors? anchors;
    private Certificate? anchor;

    private CertificateChain(IReadOnlyList<Certificate> sent, TrustAnchors? anchors)
    {
        Sent = sent;
        this.anchors = anchors;
    }

    /// <summary>Walks a chain; there must be at least one certificate.</summary>
    /// <param name="sent">The certificates in the order of the wire, leaf first.</param>
    /// <param name="isServer">True for a server's chain, false for a client's.</param>
    /// <param name="anchors">The trusted authorities; null where trust was not asked for.</param>
    public static CertificateChain Walk(IReadOnlyList<Certificate> sent, bool isServer, TrustAnchors? anchors = null)
    {
        var chain = new CertificateChain(sent, anchors);
        chain.Climb();
        chain.Examine(isServer);
        chain.WeakKey = chain.path.Find(CertificateStrength.HasWeakKey);
        return chain;
    }

    /// <summary>The certificates as sent.</summary>
    public IReadOnlyList<Certificate> Sent { get; }

    /// <summary>The certificates that lead upwards from the leaf, the leaf first.</summary>
    public IReadOnlyList<Certificate> Path => path;

    /// <summary>The leaf.</summary>
    public Certificate Leaf => path[0];

    /// <summary>True where each certificate that belongs to the path was sent right behind the one it issued.</summary>
    public bool IsInOrder { get; private set; } = true;

    /// <summary>The issuer that was not sent, as <see cref="Certificate.Issuer"/>; null where the path ends in a self-issued certificate or in a trusted one.</summary>
    public string? MissingIssuer { get; private set; }

    /// <summary>The common name of <see cref="MissingIssuer"/>, or all of it where it has none.</summary>
    public string? MissingIssuerName => MissingIssuer is null ? null : path[^1].IssuerCommonName ?? MissingIssuer;

    /// <summary>True where the leaf is its own issuer.</summary>
    public bool IsSelfSigned => Leaf.IsSelfIssued;

    /// <summary>The root, where it was sent along: the peer must have it anyway. Null for a self-signed leaf.</summary>
    public Certificate? NeedlessRoot => path.Count > 1 && path[^1].IsSelfIssued ? path[^1] : null;

    /// <summary>Whether it leads to a trusted authority.</summary>
    public ChainTrust Trust { get; private set; }

    /// <summary>The first certificate of the path that had expired at that time; null where none had.</summary>
    public Certificate? ExpiredBy(Timestamp time)
    {
        foreach (var certificate in path)
        {
            if (certificate.NotAfter is { } end && end < time) return certificate;
        }

        return null;
    }

    /// <summary>The first certificate of the path that was not valid yet at that time; null where all were.</summary>
    public Certificate? EarlyAt(Timestamp time)
    {
        foreach (var certificate in path)
        {
            if (certificate.NotBefore is { } start && start > time) return certificate;
        }

        return null;
    }

    /// <summary>The first certificate of the path whose key is too weak; null where none is.</summary>
    public Certificate? WeakKey { get; private set; }

    /// <summary>The first certificate of the path whose signature could be forged at that time; null where none is.</summary>
    public Certificate? WeakSignatureAt(Timestamp time)
    {
        foreach (var certificate in path)
        {
            if (CertificateStrength.HasWeakSignature(certificate, time)) return certificate;
        }

        return null;
    }

    /// <summary>What is wrong in it, from the leaf upwards.</summary>
    public IReadOnlyList<ChainFault> Faults => faults;

    /// <summary>Each link from issuer to issued follows by name, and by key identifier where both name one; a certificate counts once.</summary>
    private void Climb()
    {
        Add(0);
        while (path.Count <= Sent.Count)
        {
            var current = path[^1];
            if (anchors?.IssuerOf(current) is { } found)
            {
                anchor = found;
                break;
            }

            if (current.IsSelfIssued || current.Fault.IsFault && current.IssuerDer.IsEmpty) break;
            var next = IssuerOf(current);
            if (next < 0) break;
            if (next != positions[^1] + 1) IsInOrder = false;
            Add(next);
        }

        Trust = anchors is null ? ChainTrust.NotAsked : anchor is not null ? ChainTrust.Trusted : ChainTrust.NotTrusted;
        if (anchor is null && !path[^1].IsSelfIssued && !path[^1].IssuerDer.IsEmpty) MissingIssuer = path[^1].Issuer;
    }

    private void Add(int position)
    {
        path.Add(Sent[position]);
        positions.Add(position);
    }

    private int IssuerOf(Certificate issued)
    {
        for (var step = 1; step < Sent.Count; step++)
        {
            // The next one first: that is where it belongs.
            var i = (positions[^1] + step) % Sent.Count;
            if (!positions.Contains(i) && MayIssue(Sent[i], issued)) return i;
        }

        return -1;
    }

    /// <summary>True where name and key identifiers fit.</summary>
    internal static bool MayIssue(Certificate issuer, Certificate issued)
    {
        if (issuer.SubjectDer.IsEmpty || !issuer.SubjectDer.Span.SequenceEqual(issued.IssuerDer.Span)) return false;
        return issuer.SubjectKeyIdentifier.IsEmpty || issued.AuthorityKeyIdentifier.IsEmpty
            || issuer.SubjectKeyIdentifier.Span.SequenceEqual(issued.AuthorityKeyIdentifier.Span);
    }

    private void Examine(bool isServer)
    {
        for (var i = 0; i < path.Count; i++)
        {
            var certificate = path[i];
            if (certificate.HasUnknownCriticalExtension) Note(ChainFaultKind.UnknownCriticalExtension, certificate, "it has an unhandled critical extension");
            ExaminePurpose(certificate, isServer);
            if (i > 0) ExamineAuthority(certificate, i);
            var issuer = i + 1 < path.Count ? path[i + 1] : certificate.IsSelfIssued ? certificate : anchor;
            if (issuer is not null) ExamineSignature(certificate, issuer);
        }
    }

    private void ExamineAuthority(Certificate certificate, int depth)
    {
        if (certificate.IsCertificateAuthority == false || (certificate.IsCertificateAuthority is null && certificate.Version >= 3))
        {
            Note(ChainFaultKind.NotAnAuthority, certificate, "it issued a certificate but is not a CA");
        }
        else if (certificate.KeyUsage is { } usage && (usage & KeyUsage.KeyCertSign) == 0)
        {
            Note(ChainFaultKind.MayNotSign, certificate, "its key usage does not include certificate signing");
        }

        // Self-issued ones do not count, and the leaf is no intermediate (RFC 5280 section 4.2.1.9).
        var below = 0;
        for (var i = 1; i < depth; i++)
        {
            if (!path[i].IsSelfIssued) below++;
        }

        if (certificate.PathLength is { } most && below > most) Note(ChainFaultKind.PathTooLong, certificate, $"{below} CA certificates below it exceed its path length constraint of {most}");
        if (certificate.NameConstraints is { } constraints) ExamineNames(constraints, certificate);
    }

    private void ExaminePurpose(Certificate certificate, bool isServer)
    {
        if (certificate.ExtendedKeyUsages is not { } purposes) return;
        if (isServer && purposes.Any(ServerGatedCryptography.Contains)) return;
        if (purposes.Contains(AnyPurpose) || purposes.Contains(isServer ? ServerAuthentication : ClientAuthentication)) return;
        Note(ChainFaultKind.WrongPurpose, certificate, isServer ? "its extended key usage lacks server authentication" : "its extended key usage lacks client authentication");
    }

    private void ExamineNames(NameConstraints constraints, Certificate authority)
    {
        foreach (var name in Leaf.DnsNames)
        {
            var isOutside = constraints.PermittedDns.Count > 0 && !constraints.PermittedDns.Any(domain => IsWithin(name, domain));
            if (isOutside || constraints.ExcludedDns.Any(domain => IsWithin(name, domain)))
            {
                Note(ChainFaultKind.NameNotPermitted, authority, $"its name constraints do not permit {name}");
                return;
            }
        }

        foreach (var address in Leaf.IpAddresses)
        {
            var isOutside = constraints.PermittedIp.Count > 0 && !constraints.PermittedIp.Any(range => range.Contains(address));
            if (isOutside || constraints.ExcludedIp.Any(range => range.Contains(address)))
            {
                Note(ChainFaultKind.NameNotPermitted, authority, $"its name constraints do not permit {address}");
                return;
            }
        }
    }

    /// <summary>RFC 5280 section 4.2.1.10: a name is within a domain where it is the domain or adds labels on its left.</summary>
    private static bool IsWithin(string name, string domain)
    {
        var bare = domain.TrimStart('.');
        if (bare.Length == 0) return true;
        if (!name.EndsWith(bare, StringComparison.OrdinalIgnoreCase)) return false;
        return name.Length == bare.Length ? domain[0] != '.' : name[name.Length - bare.Length - 1] == '.';
    }

    private void ExamineSignature(Certificate certificate, Certificate issuer)
    {
        if (certificate.SignatureValue.IsEmpty || issuer.SubjectPublicKeyInfo.IsEmpty) return;
        var check = SignatureVerifier.VerifyX509(
            certificate.SignatureAlgorithm.Span, issuer.SubjectPublicKeyInfo.Span, certificate.ToBeSigned.Span, certificate.SignatureValue.Span);
        if (check.Verdict == VerificationVerdict.Invalid) Note(ChainFaultKind.BadSignature, certificate, "its signature does not verify with its issuer's key");
    }

    private void Note(ChainFaultKind kind, Certificate certificate, string text) => faults.Add(new ChainFault(kind, certificate, text));

    // id-kp-serverAuth, id-kp-clientAuth, anyExtendedKeyUsage (RFC 5280 section 4.2.1.12)
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyPurpose = "2.5.29.37.0";

    // Netscape's and Microsoft's, which authorities of the 2000s used in place of serverAuth.
    private static readonly string[] ServerGatedCryptography = ["2.16.840.1.113730.4.1", "1.3.6.1.4.1.311.10.3.3"];
}
