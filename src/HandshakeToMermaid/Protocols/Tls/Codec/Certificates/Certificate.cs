using System.Security.Cryptography;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 5280 section 4.1.
//   Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
//   TBSCertificate ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, serialNumber INTEGER, signature AlgorithmIdentifier,
//       issuer Name, validity SEQUENCE { notBefore Time, notAfter Time }, subject Name, subjectPublicKeyInfo,
//       issuerUniqueID [1], subjectUniqueID [2], extensions [3] EXPLICIT SEQUENCE OF Extension }
// Not decoded: policies, CRL distribution points, other kinds of names.

/// <summary>
/// An X.509 certificate. Reading notes where things lie; texts are made when asked for. Nothing is judged here: an expired,
/// forged or self-contradicting certificate reads like any other, and a broken one keeps what stood before the fault.
/// </summary>
internal sealed class Certificate
{
    private DerValue toBeSigned, serial, signature, issuer, subject, publicKey, signatureAlgorithm, signatureValue;
    private readonly CertificateExtensions extensions;
    private string? sha256, subjectText, issuerText, serialText, signatureOid, keyOid;
    private string[]? purposes, accessUrls;
    private AlternativeNames? names;
    private PublicKeyKind? key;

    private Certificate(ReadOnlyMemory<byte> der) => (Der, extensions) = (der, new CertificateExtensions(der));

    /// <summary>Decodes a DER certificate; the memory is referenced, not copied, and must not change. Never throws.</summary>
    public static Certificate Read(ReadOnlyMemory<byte> der)
    {
        var certificate = new Certificate(der);
        certificate.Read();
        return certificate;
    }

    /// <summary>The bytes it was read from.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The first thing that was wrong, by its RFC 5280 field name.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>1 to 3; any other value is preserved.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>SHA-256 of the bytes, lower hex: its fingerprint.</summary>
    public string Sha256 => sha256 ??= Convert.ToHexStringLower(SHA256.HashData(Der.Span));

    /// <summary>The subject, common name first, then RFC 4514: "CN=www.example.com, O=Example". Text from the wire.</summary>
    public string Subject => subjectText ??= DistinguishedName.Text(SubjectDer.Span);

    /// <summary>The subject's most specific common name, unescaped; null where there is none.</summary>
    public string? SubjectCommonName => DistinguishedName.CommonName(SubjectDer.Span);

    /// <summary>The issuer, in the form of <see cref="Subject"/>.</summary>
    public string Issuer => issuerText ??= DistinguishedName.Text(IssuerDer.Span);

    /// <summary>The issuer's most specific common name, unescaped; null where there is none.</summary>
    public string? IssuerCommonName => DistinguishedName.CommonName(IssuerDer.Span);

    /// <summary>The serial number in lower hex without leading zeros, "-" before a negative one; empty where it could not be read.</summary>
    public string Serial => serialText ??= serial.IsSet ? DerText.HexInteger(Der.Span[serial.Content..serial.ContentEnd]) : "";

    /// <summary>Valid from; null where it is no time, or outside the years 1677 to 2262.</summary>
    public Timestamp? NotBefore { get; private set; }

    /// <summary>Valid until, inclusive; null where it is no time, or outside the years 1677 to 2262 (9999 means "no end").</summary>
    public Timestamp? NotAfter { get; private set; }

    /// <summary>Valid from in RFC 3339, UTC; the wire's characters where they are no time; empty where there are none.</summary>
    public string NotBeforeText { get; private set; } = "";

    /// <summary>Valid until, in the form of <see cref="NotBeforeText"/>.</summary>
    public string NotAfterText { get; private set; } = "";

    /// <summary>The DNS names and IP addresses it is for, in the order of the wire; an address of impossible length in hex.</summary>
    public IReadOnlyList<string> SubjectAlternativeNames => Names.All;

    /// <summary>The DNS names among <see cref="SubjectAlternativeNames"/>.</summary>
    public IReadOnlyList<string> DnsNames => Names.Dns;

    /// <summary>The IP addresses among <see cref="SubjectAlternativeNames"/>.</summary>
    public IReadOnlyList<IpAddress> IpAddresses => Names.Ip;

    /// <summary>True where the extension is there, even empty: then the common name does not count as a host name (RFC 9525).</summary>
    public bool HasSubjectAlternativeNames => extensions.AlternativeNames.IsSet;

    /// <summary>The public key: "EC P-256", "RSA 2048", "Ed25519", "DSA 1024", "ML-DSA-65"; the OID where unknown; empty where unread.</summary>
    public string Key => KeyKind.Text;

    /// <summary>Bits of the modulus, prime or curve; 0 where unknown or where the algorithm is not spoken of in bits (ML-DSA).</summary>
    public int KeyBits => KeyKind.Bits;

    /// <summary>The public key's algorithm; empty where unread.</summary>
    public string KeyOid => keyOid ??= AlgorithmOf(publicKey, isKey: true);

    /// <summary>The signature's algorithm by its RFC name: "ecdsa-with-SHA256"; the OID where unknown.</summary>
    public string Signature => ObjectIdentifiers.Signature(SignatureOid) ?? SignatureOid;

    /// <summary>The signature's algorithm, as the signed part names it; empty where unread.</summary>
    public string SignatureOid => signatureOid ??= AlgorithmOf(signature, isKey: false);

    /// <summary>The cA flag of basicConstraints; null if the extension is absent.</summary>
    public bool? IsCertificateAuthority => extensions.IsCertificateAuthority;

    /// <summary>How many intermediates may follow below it; null where unlimited. Larger than an int is int.MaxValue.</summary>
    public int? PathLength => extensions.PathLength;

    /// <summary>What the key may be used for; null where the extension is absent, and then everything is allowed.</summary>
    public KeyUsage? KeyUsage => extensions.KeyUsage;

    /// <summary>OIDs of extendedKeyUsage; null where the extension is absent, and then every purpose is allowed.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => extensions.ExtendedKeyUsage.IsSet ? purposes ??= ReadPurposes() : null;

    /// <summary><see cref="ExtendedKeyUsages"/> by name ("serverAuth"), the OID where unknown; empty where the extension is absent.</summary>
    public IReadOnlyList<string> ExtendedKeyUsageNames =>
        ExtendedKeyUsages is { } oids ? [.. oids.Select(oid => ObjectIdentifiers.KeyPurpose(oid) ?? oid)] : [];

    /// <summary>subjectKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> SubjectKeyIdentifier => extensions.SubjectKeyIdentifier;

    /// <summary>The keyIdentifier of authorityKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> AuthorityKeyIdentifier => extensions.AuthorityKeyIdentifier;

    /// <summary>Which names a certificate authority may certify; null where the extension is absent.</summary>
    public NameConstraints? NameConstraints => extensions.NameConstraints;

    /// <summary>True where the server must staple an OCSP response (RFC 7633: TLS feature status_request).</summary>
    public bool MustStaple => extensions.MustStaple;

    /// <summary>True where it holds a list of signed certificate timestamps (RFC 6962 section 3.3).</summary>
    public bool HasSignedCertificateTimestamps => extensions.HasSignedCertificateTimestamps;

    /// <summary>True where a critical extension is there that this program does not know.</summary>
    public bool HasUnknownCriticalExtension => extensions.HasUnknownCriticalExtension;

    /// <summary>URLs of authorityInfoAccess: the OCSP responder, the issuer's certificate.</summary>
    public IReadOnlyList<string> AuthorityInfoAccess => accessUrls ??= ReadAccessUrls();

    /// <summary>The subject as DER: issuers are found by comparing these bytes.</summary>
    public ReadOnlyMemory<byte> SubjectDer => Der[subject.Whole];

    /// <summary>The issuer as DER.</summary>
    public ReadOnlyMemory<byte> IssuerDer => Der[issuer.Whole];

    /// <summary>True where it names itself as its issuer.</summary>
    public bool IsSelfIssued => subject.IsSet && SubjectDer.Span.SequenceEqual(IssuerDer.Span);

    /// <summary>subjectPublicKeyInfo as DER: what the platform imports keys from.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => Der[publicKey.Whole];

    /// <summary>tbsCertificate as DER: what the signature is made over.</summary>
    public ReadOnlyMemory<byte> ToBeSigned => Der[toBeSigned.Whole];

    /// <summary>signatureAlgorithm as DER, with its parameters (RSASSA-PSS has its hash there).</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithm => Der[signatureAlgorithm.Whole];

    /// <summary>The signature's bytes.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => Subject;

    private AlternativeNames Names => names ??= AlternativeNames.Read(Der.Span, extensions.AlternativeNames);

    private PublicKeyKind KeyKind => key ??= PublicKeyKind.Read(Der.Span, publicKey, KeyOid);

    private void Read()
    {
        var der = Der.Span;
        var reader = new DerReader(der);
        var certificate = reader.Enter(DerTag.Sequence, "Certificate");
        var start = reader.Offset;
        var tbs = reader.Enter(DerTag.Sequence, "tbsCertificate");
        ReadToBeSigned(ref reader, der);
        reader.Leave(tbs);
        if (!reader.Fault.IsFault) toBeSigned = new DerValue(start, start, reader.Offset, reader.Offset);
        signatureAlgorithm = reader.Take(DerTag.Sequence, "signatureAlgorithm");
        signatureValue = reader.Take(DerTag.BitString, "signatureValue");
        if (signatureValue.IsSet) SignatureValue = BitsOf(signatureValue);
        reader.Leave(certificate);
        if (reader.Offset < der.Length) reader.Fail(FaultKind.Trailing, "Certificate");
        if (!Fault.IsFault || (reader.Fault.IsFault && reader.Fault.Offset < Fault.Offset)) Fault = reader.Fault;
    }

    private void ReadToBeSigned(ref DerReader reader, ReadOnlySpan<byte> der)
    {
        if (reader.NextTag == DerTag.ContextConstructed(0))
        {
            var box = reader.Enter(DerTag.ContextConstructed(0), "version");
            Version = DerText.Number(reader.Content(reader.Take(DerTag.Integer, "version"))) is var number and < int.MaxValue ? number + 1 : int.MaxValue;
            reader.Leave(box);
        }

        serial = reader.Take(DerTag.Integer, "serialNumber");
        signature = reader.Take(DerTag.Sequence, "signature");
        issuer = reader.Take(DerTag.Sequence, "issuer");
        var validity = reader.Enter(DerTag.Sequence, "validity");
        (NotBeforeText, NotBefore) = ReadTime(ref reader, "notBefore");
        (NotAfterText, NotAfter) = ReadTime(ref reader, "notAfter");
        reader.Leave(validity);
        subject = reader.Take(DerTag.Sequence, "subject");
        publicKey = reader.Take(DerTag.Sequence, "subjectPublicKeyInfo");
        reader.Optional(DerTag.Context(1), "issuerUniqueID");
        reader.Optional(DerTag.Context(2), "subjectUniqueID");
        if (reader.NextTag != DerTag.ContextConstructed(3)) return;

        var wrapper = reader.Enter(DerTag.ContextConstructed(3), "extensions");
        var list = reader.Enter(DerTag.Sequence, "extensions");
        while (reader.HasMore)
        {
            var box = reader.Enter(DerTag.Sequence, "extensions");
            var id = reader.Content(reader.Take(DerTag.ObjectIdentifier, "extnID"));
            var critical = reader.Optional(DerTag.Boolean, "critical") is { } flag && DerText.IsTrue(reader.Content(flag));
            var value = reader.Take(DerTag.OctetString, "extnValue");
            reader.Leave(box);
            if (!reader.Fault.IsFault) extensions.Read(id, critical, value, der);
        }

        reader.Leave(list);
        reader.Leave(wrapper);
        Note(extensions.Fault);
    }

    private (string Text, Timestamp? Time) ReadTime(ref DerReader reader, string field)
    {
        var tag = reader.NextTag;
        var value = reader.Any(field);
        if (!value.IsSet) return ("", null);
        var time = DerTime.Read(tag, reader.Content(value));
        if (!time.IsValid) Note(new WireFault(FaultKind.BadValue, value.Start, field));
        return (time.Text, time.Time);
    }

    private string AlgorithmOf(DerValue value, bool isKey)
    {
        if (!value.IsSet) return "";
        var reader = new DerReader(Der.Span, value);
        if (isKey) reader.Enter(DerTag.Sequence, "algorithm");
        var oid = reader.Take(DerTag.ObjectIdentifier, "algorithm");
        return oid.IsSet ? DerText.ObjectIdentifier(reader.Content(oid)) : "";
    }

    private ReadOnlyMemory<byte> BitsOf(DerValue value) => value.ContentEnd > value.Content ? Der[(value.Content + 1)..value.ContentEnd] : default;

    private void Note(WireFault fault)
    {
        if (!Fault.IsFault) Fault = fault;
    }

    private string[] ReadPurposes()
    {
        List<string> found = [];
        var reader = new DerReader(Der.Span, extensions.ExtendedKeyUsage);
        reader.Enter(DerTag.Sequence, "extKeyUsage");
        while (reader.HasMore)
        {
            var value = reader.Take(DerTag.ObjectIdentifier, "extKeyUsage");
            if (value.IsSet) found.Add(DerText.ObjectIdentifier(reader.Content(value)));
        }

        return [.. found];
    }

    // AuthorityInfoAccessSyntax ::= SEQUENCE OF SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
    private string[] ReadAccessUrls()
    {
        if (!extensions.AuthorityInfoAccess.IsSet) return [];
        List<string> found = [];
        var reader = new DerReader(Der.Span, extensions.AuthorityInfoAccess);
        reader.Enter(DerTag.Sequence, "authorityInfoAccess");
        while (reader.HasMore)
        {
            var box = reader.Enter(DerTag.Sequence, "authorityInfoAccess");
            reader.Take(DerTag.ObjectIdentifier, "accessMethod");
            var tag = reader.NextTag;
            var value = reader.Any("accessLocation");
            reader.Leave(box);
            if (value.IsSet && tag == DerTag.Context(GeneralNameKind.Uri)) found.Add(Encoding.Latin1.GetString(reader.Content(value)));
        }

        return [.. found];
    }
}
