using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>
/// Makes certificates with keys of P-256, valid around the time at which scripts play (November 2023), each with what a
/// test wants of it.
/// </summary>
internal sealed class CertificateMint : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X500DistinguishedName name;

    private CertificateMint(string name, CertificateMint? issuer, Action<CertificateRequest>? more, (int From, int Until) days)
    {
        this.name = new X500DistinguishedName($"CN={name}");
        var request = new CertificateRequest(this.name, key, HashAlgorithmName.SHA256);
        more?.Invoke(request);
        var signer = X509SignatureGenerator.CreateForECDsa((issuer ?? this).key);
        using var certificate = request.Create((issuer ?? this).name, signer, Played.AddDays(days.From), Played.AddDays(days.Until), RandomNumberGenerator.GetBytes(8));
        Der = certificate.RawData;
    }

    /// <summary>When scripts play.</summary>
    public static DateTimeOffset Played { get; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>The certificate.</summary>
    public byte[] Der { get; }

    /// <summary>The certificate as it is read.</summary>
    public HandshakeToMermaid.Protocols.Tls.Codec.Certificates.Certificate Read() => HandshakeToMermaid.Protocols.Tls.Codec.Certificates.Certificate.Read(Der);

    /// <summary>An authority; a root where it has no issuer.</summary>
    public static CertificateMint Authority(string name, CertificateMint? issuer = null, int? pathLength = null, bool isAuthority = true, Action<CertificateRequest>? more = null, (int From, int Until)? days = null) => new(
        name, issuer,
        request =>
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, pathLength is not null, pathLength ?? 0, critical: true));
            more?.Invoke(request);
        },
        days ?? (-1000, 1000));

    /// <summary>A server's certificate; self-signed where it has no issuer.</summary>
    public static CertificateMint Leaf(
        CertificateMint? issuer, string dnsName = "one.example", string purpose = "1.3.6.1.5.5.7.3.1", (int From, int Until)? days = null, Action<CertificateRequest>? more = null) => new(
        dnsName, issuer,
        request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
            more?.Invoke(request);
        },
        days ?? (-30, 60));

    /// <summary>An extension that limits an authority to one domain.</summary>
    public static X509Extension PermittedDomain(string domain)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(domain);
        byte[] value = [0x30, (byte)(text.Length + 6), 0xA0, (byte)(text.Length + 4), 0x30, (byte)(text.Length + 2), 0x82, (byte)text.Length, .. text];
        return new X509Extension("2.5.29.30", value, critical: true);
    }

    /// <summary>
    /// A server's certificate that calls itself signed with SHA-1, which platforms of today do not sign with any more: the last
    /// number of sha256WithRSAEncryption is changed to that of sha1WithRSAEncryption.
    /// </summary>
    public static byte[] SignedWithSha1(string dnsName = "one.example")
    {
        using var signer = RSA.Create(2048);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={dnsName}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        var generator = X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(new X500DistinguishedName("CN=Old CA"), generator, Played.AddDays(-30), Played.AddDays(60), [1, 2, 3]);
        var der = certificate.RawData;
        byte[] algorithm = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
        for (var at = 0; at + algorithm.Length <= der.Length; at++)
        {
            if (der.AsSpan(at, algorithm.Length).SequenceEqual(algorithm)) der[at + algorithm.Length - 1] = 0x05;
        }

        return der;
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
