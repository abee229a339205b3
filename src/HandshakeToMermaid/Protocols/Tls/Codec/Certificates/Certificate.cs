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
// Not decoded: policies, CRL distribution points, the content of certificate transparency lists, other kinds of names.

/// <summary>
/// An X.509 certificate. Reading notes where things lie; texts are made when asked for. Nothing is judged here: an expired,
/// forged or self-contradicting certificate reads like any other, and a broken one keeps what stood before the fault.
/// </summary>
public sealed class Certificate
{
    private DerValue toBeSigned, serial, signature, issuer, subject, publicKey, signatureAlgorithm, signatureValue;
    private DerValue alternativeNames, extendedKeyUsage, authorityInfoAccess;
    private string? sha256, subjectText, issuerText, serialText, key, signatureOid, keyOid;
    private string[]? dnsNames, names, purposes, accessUrls;
    private IpAddress[]? ipAddresses;
    private int? keyBits;

    private Certificate(ReadOnlyMemory<byte> der) => Der = der;

    /// <summary>Reads a certificate from its DER, which is kept as it is and must not change. Never throws.</summary>
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

    /// <summary>1 to 3; what else the bytes say is kept.</summary>
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
    public IReadOnlyList<string> SubjectAlternativeNames => names ??= ReadNames();

    /// <summary>The DNS names among <see cref="SubjectAlternativeNames"/>.</summary>
    public IReadOnlyList<string> DnsNames => SubjectAlternativeNames is not null ? dnsNames! : [];

    /// <summary>The IP addresses among <see cref="SubjectAlternativeNames"/>.</summary>
    public IReadOnlyList<IpAddress> IpAddresses => SubjectAlternativeNames is not null ? ipAddresses! : [];

    /// <summary>True where the extension is there, even empty: then the common name does not count as a host name (RFC 9525).</summary>
    public bool HasSubjectAlternativeNames => alternativeNames.IsSet;

    /// <summary>The public key: "EC P-256", "RSA 2048", "Ed25519", "DSA 1024", "ML-DSA-65"; the OID where unknown; empty where unread.</summary>
    public string Key => key ??= ReadKey().Text;

    /// <summary>Bits of the modulus, prime or curve; 0 where unknown or where the algorithm is not spoken of in bits (ML-DSA).</summary>
    public int KeyBits => keyBits ??= ReadKey().Bits;

    /// <summary>The public key's algorithm; empty where unread.</summary>
    public string KeyOid => keyOid ??= AlgorithmOf(publicKey, isKey: true);

    /// <summary>The signature's algorithm by its RFC name: "ecdsa-with-SHA256"; the OID where unknown.</summary>
    public string Signature => ObjectIdentifiers.Signature(SignatureOid) ?? SignatureOid;

    /// <summary>The signature's algorithm, as the signed part names it; empty where unread.</summary>
    public string SignatureOid => signatureOid ??= AlgorithmOf(signature, isKey: false);

    /// <summary>What basicConstraints says of cA; null where the extension is absent.</summary>
    public bool? IsCertificateAuthority { get; private set; }

    /// <summary>How many intermediates may follow below it; null where unlimited. Larger than an int is int.MaxValue.</summary>
    public int? PathLength { get; private set; }

    /// <summary>What the key may be used for; null where the extension is absent, and then everything is allowed.</summary>
    public KeyUsage? KeyUsage { get; private set; }

    /// <summary>OIDs of extendedKeyUsage; null where the extension is absent, and then every purpose is allowed.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => extendedKeyUsage.IsSet ? purposes ??= ReadPurposes() : null;

    /// <summary><see cref="ExtendedKeyUsages"/> by name ("serverAuth"), the OID where unknown; empty where the extension is absent.</summary>
    public IReadOnlyList<string> ExtendedKeyUsageNames =>
        ExtendedKeyUsages is { } oids ? [.. oids.Select(oid => ObjectIdentifiers.KeyPurpose(oid) ?? oid)] : [];

    /// <summary>subjectKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private set; }

    /// <summary>The keyIdentifier of authorityKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> AuthorityKeyIdentifier { get; private set; }

    /// <summary>Which names a certificate authority may certify; null where the extension is absent.</summary>
    public NameConstraints? NameConstraints { get; private set; }

    /// <summary>True where the server must staple an OCSP response (RFC 7633: TLS feature status_request).</summary>
    public bool MustStaple { get; private set; }

    /// <summary>True where it holds a list of signed certificate timestamps (RFC 6962 section 3.3).</summary>
    public bool HasSignedCertificateTimestamps { get; private set; }

    /// <summary>True where a critical extension is there that this program does not know.</summary>
    public bool HasUnknownCriticalExtension { get; private set; }

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
            Version = Number(reader.Content(reader.Take(DerTag.Integer, "version"))) is var number and < int.MaxValue ? number + 1 : int.MaxValue;
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
            var critical = reader.Optional(DerTag.Boolean, "critical") is { } flag && IsTrue(reader.Content(flag));
            var value = reader.Take(DerTag.OctetString, "extnValue");
            reader.Leave(box);
            if (!reader.Fault.IsFault) ReadExtension(id, critical, value, der);
        }

        reader.Leave(list);
        reader.Leave(wrapper);
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

    private void ReadExtension(ReadOnlySpan<byte> id, bool critical, DerValue value, ReadOnlySpan<byte> der)
    {
        // id-ce is 2.5.29, id-pe 1.3.6.1.5.5.7.1.
        if (id.Length == 3 && id.StartsWith(CertificateExtension)) ReadCertificateExtension(id[2], critical, value, der);
        else if (id.Length == 8 && id.StartsWith(PrivateExtension) && id[7] == 1) authorityInfoAccess = List(value, der, "authorityInfoAccess");
        else if (id.Length == 8 && id.StartsWith(PrivateExtension) && id[7] == 24) ReadTlsFeature(value, der);
        else if (id.SequenceEqual(TimestampList)) HasSignedCertificateTimestamps = true;
        else if (critical) HasUnknownCriticalExtension = true;
    }

    private void ReadCertificateExtension(byte id, bool critical, DerValue value, ReadOnlySpan<byte> der)
    {
        switch (id)
        {
            case 14:
                SubjectKeyIdentifier = ReadKeyIdentifier(value, der, "subjectKeyIdentifier");
                break;
            case 15:
                ReadKeyUsage(value, der);
                break;
            case 17:
                alternativeNames = List(value, der, "subjectAltName");
                break;
            case 19:
                ReadBasicConstraints(value, der);
                break;
            case 30:
                NameConstraints = Certificates.NameConstraints.Read(der, value, out var fault);
                Note(fault);
                break;
            case 35:
                AuthorityKeyIdentifier = ReadKeyIdentifier(value, der, "authorityKeyIdentifier");
                break;
            case 37:
                extendedKeyUsage = List(value, der, "extKeyUsage");
                break;
            case 18 or 31 or 32 or 33 or 36 or 46 or 54:
                break;
            default:
                HasUnknownCriticalExtension |= critical;
                break;
        }
    }

    private DerValue List(DerValue value, ReadOnlySpan<byte> der, string field)
    {
        Note(DerReader.Walk(der, value, field));
        return value;
    }

    private ReadOnlyMemory<byte> ReadKeyIdentifier(DerValue value, ReadOnlySpan<byte> der, string field)
    {
        var reader = new DerReader(der, value);
        DerValue? found;
        if (field[0] == 's')
        {
            found = reader.Take(DerTag.OctetString, field);
        }
        else
        {
            // AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0], authorityCertIssuer [1], authorityCertSerialNumber [2] }
            reader.Enter(DerTag.Sequence, field);
            found = reader.Optional(DerTag.Context(0), field);
        }

        Note(reader.Fault);
        return found is { IsSet: true } at ? Der[at.Content..at.ContentEnd] : default;
    }

    private void ReadKeyUsage(DerValue value, ReadOnlySpan<byte> der)
    {
        var reader = new DerReader(der, value);
        var bits = reader.Content(reader.Take(DerTag.BitString, "keyUsage"));
        Note(reader.Fault);
        if (bits.IsEmpty) return;
        var usage = 0;
        for (var bit = 0; bit < 9 && 1 + bit / 8 < bits.Length; bit++)
            if ((bits[1 + bit / 8] & (0x80 >> (bit % 8))) != 0) usage |= 1 << bit;
        KeyUsage = (KeyUsage)usage;
    }

    private void ReadBasicConstraints(DerValue value, ReadOnlySpan<byte> der)
    {
        var reader = new DerReader(der, value);
        var box = reader.Enter(DerTag.Sequence, "basicConstraints");
        if (!reader.Fault.IsFault) IsCertificateAuthority = reader.Optional(DerTag.Boolean, "cA") is { } flag && IsTrue(reader.Content(flag));
        if (reader.Optional(DerTag.Integer, "pathLenConstraint") is { IsSet: true } length) PathLength = Number(reader.Content(length));
        reader.Leave(box);
        Note(reader.Fault);
    }

    // RFC 7633 section 6: Features ::= SEQUENCE OF INTEGER, the numbers of TLS extensions; status_request is 5.
    private void ReadTlsFeature(DerValue value, ReadOnlySpan<byte> der)
    {
        var reader = new DerReader(der, value);
        var box = reader.Enter(DerTag.Sequence, "Features");
        while (reader.HasMore) MustStaple |= Number(reader.Content(reader.Take(DerTag.Integer, "Features"))) == 5;
        reader.Leave(box);
        Note(reader.Fault);
    }

    private string[] ReadNames()
    {
        List<string> all = [], dns = [];
        List<IpAddress> ip = [];
        var der = Der.Span;
        var reader = new DerReader(der, alternativeNames);
        if (alternativeNames.IsSet) reader.Enter(DerTag.Sequence, "subjectAltName");
        while (alternativeNames.IsSet && reader.HasMore)
        {
            var tag = reader.NextTag;
            var content = reader.Content(reader.Any("subjectAltName"));
            if (tag == DerTag.Context(GeneralNameKind.Dns))
            {
                dns.Add(Encoding.Latin1.GetString(content));
                all.Add(dns[^1]);
            }
            else if (tag == DerTag.Context(GeneralNameKind.IpAddress) && content.Length is 4 or 16)
            {
                ip.Add(IpAddress.FromBytes(content));
                all.Add(ip[^1].ToString());
            }
            else if (tag == DerTag.Context(GeneralNameKind.IpAddress))
            {
                all.Add(Convert.ToHexStringLower(content));
            }
        }

        (dnsNames, ipAddresses) = ([.. dns], [.. ip]);
        return [.. all];
    }

    private string[] ReadPurposes()
    {
        List<string> found = [];
        var reader = new DerReader(Der.Span, extendedKeyUsage);
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
        if (!authorityInfoAccess.IsSet) return [];
        List<string> found = [];
        var reader = new DerReader(Der.Span, authorityInfoAccess);
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

    private string AlgorithmOf(DerValue value, bool isKey)
    {
        if (!value.IsSet) return "";
        var reader = new DerReader(Der.Span, value);
        if (isKey) reader.Enter(DerTag.Sequence, "algorithm");
        var oid = reader.Take(DerTag.ObjectIdentifier, "algorithm");
        return oid.IsSet ? DerText.ObjectIdentifier(reader.Content(oid)) : "";
    }

    private (string Text, int Bits) ReadKey()
    {
        var name = ObjectIdentifiers.PublicKey(KeyOid);
        if (!publicKey.IsSet || name is null) return (KeyOid, 0);
        var reader = new DerReader(Der.Span, publicKey);
        var algorithm = reader.Enter(DerTag.Sequence, "algorithm");
        reader.Take(DerTag.ObjectIdentifier, "algorithm");
        if (name == "EC") return ReadCurve(ref reader);
        if (name is "DSA" or "DH") return Sized(name, FirstInteger(ref reader));
        while (reader.HasMore) reader.Any("parameters");
        reader.Leave(algorithm);
        if (!name.StartsWith("RSA", StringComparison.Ordinal)) return (name, ObjectIdentifiers.PublicKeyBits(KeyOid));

        // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }, inside the BIT STRING after its count of unused bits.
        var bits = reader.Take(DerTag.BitString, "subjectPublicKey");
        if (bits.ContentEnd <= bits.Content) return (name, 0);
        var inner = new DerReader(Der.Span, bits with { Content = bits.Content + 1 });
        return Sized(name, FirstInteger(ref inner));
    }

    private static int FirstInteger(ref DerReader reader)
    {
        reader.Enter(DerTag.Sequence, "parameters");
        return DerText.Bits(reader.Content(reader.Take(DerTag.Integer, "parameters")));
    }

    private static (string Text, int Bits) Sized(string name, int bits) => (bits > 0 ? $"{name} {bits}" : name, bits);

    private static (string Text, int Bits) ReadCurve(ref DerReader reader)
    {
        if (reader.NextTag == DerTag.ObjectIdentifier)
        {
            var oid = DerText.ObjectIdentifier(reader.Content(reader.Take(DerTag.ObjectIdentifier, "namedCurve")));
            return ($"EC {ObjectIdentifiers.Curve(oid) ?? oid}", ObjectIdentifiers.CurveBits(oid));
        }

        // ECParameters ::= SEQUENCE { version INTEGER, fieldID SEQUENCE { OBJECT IDENTIFIER, prime INTEGER }, ... } (RFC 3279 section 2.3.5)
        reader.Enter(DerTag.Sequence, "ecParameters");
        reader.Take(DerTag.Integer, "version");
        reader.Enter(DerTag.Sequence, "fieldID");
        reader.Take(DerTag.ObjectIdentifier, "fieldType");
        var prime = reader.Optional(DerTag.Integer, "prime-p");
        var bits = prime is { IsSet: true } p ? DerText.Bits(reader.Content(p)) : 0;
        return ("EC explicit parameters", bits);
    }

    private ReadOnlyMemory<byte> BitsOf(DerValue value) => value.ContentEnd > value.Content ? Der[(value.Content + 1)..value.ContentEnd] : default;

    private void Note(WireFault fault)
    {
        if (!Fault.IsFault) Fault = fault;
    }

    private static bool IsTrue(ReadOnlySpan<byte> content) => content.Length > 0 && content[0] != 0;

    private static int Number(ReadOnlySpan<byte> content)
    {
        long number = 0;
        foreach (var b in content)
        {
            number = (number << 8) | b;
            if (number > int.MaxValue) return int.MaxValue;
        }

        return (int)number;
    }

    private static ReadOnlySpan<byte> CertificateExtension => [0x55, 0x1D];

    private static ReadOnlySpan<byte> PrivateExtension => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01];

    // 1.3.6.1.4.1.11129.2.4.2
    private static ReadOnlySpan<byte> TimestampList => [0x2B, 0x06, 0x01, 0x04, 0x01, 0xD6, 0x79, 0x02, 0x04, 0x02];
}
