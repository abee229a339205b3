using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 5280 section 4.2.
//   Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
// Not decoded: policies, CRL distribution points, the content of certificate transparency lists.

/// <summary>The extensions of a certificate: small ones as values, lists as the places where they lie.</summary>
/// <param name="whole">The certificate.</param>
internal sealed class CertificateExtensions(ReadOnlyMemory<byte> whole)
{
    /// <summary>The first thing that was wrong, by its RFC 5280 field name.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>subjectAltName; not set where absent.</summary>
    public DerValue AlternativeNames { get; private set; }

    /// <summary>extKeyUsage; not set where absent.</summary>
    public DerValue ExtendedKeyUsage { get; private set; }

    /// <summary>authorityInfoAccess; not set where absent.</summary>
    public DerValue AuthorityInfoAccess { get; private set; }

    /// <summary>cA of basicConstraints; null where absent.</summary>
    public bool? IsCertificateAuthority { get; private set; }

    /// <summary>pathLenConstraint; null where absent, int.MaxValue where larger.</summary>
    public int? PathLength { get; private set; }

    /// <summary>keyUsage; null where absent.</summary>
    public KeyUsage? KeyUsage { get; private set; }

    /// <summary>subjectKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> SubjectKeyIdentifier { get; private set; }

    /// <summary>keyIdentifier of authorityKeyIdentifier; empty where absent.</summary>
    public ReadOnlyMemory<byte> AuthorityKeyIdentifier { get; private set; }

    /// <summary>nameConstraints; null where absent.</summary>
    public NameConstraints? NameConstraints { get; private set; }

    /// <summary>True for the TLS feature status_request (RFC 7633).</summary>
    public bool MustStaple { get; private set; }

    /// <summary>True where a list of signed certificate timestamps is there (RFC 6962 section 3.3).</summary>
    public bool HasSignedCertificateTimestamps { get; private set; }

    /// <summary>True where a critical extension is not known here.</summary>
    public bool HasUnknownCriticalExtension { get; private set; }

    /// <summary>Reads the value of one extension.</summary>
    /// <param name="id">The content of its object identifier.</param>
    /// <param name="critical">True where a relying party that does not know it must reject the certificate.</param>
    /// <param name="value">The OCTET STRING that holds it.</param>
    /// <param name="der">The certificate.</param>
    public void Read(ReadOnlySpan<byte> id, bool critical, DerValue value, ReadOnlySpan<byte> der)
    {
        // id-ce is 2.5.29, id-pe 1.3.6.1.5.5.7.1.
        if (id.Length == 3 && id.StartsWith(CertificateExtension)) ReadCertificateExtension(id[2], critical, value, der);
        else if (id.Length == 8 && id.StartsWith(PrivateExtension) && id[7] == 1) AuthorityInfoAccess = List(value, der, "authorityInfoAccess");
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
                AlternativeNames = List(value, der, "subjectAltName");
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
                ExtendedKeyUsage = List(value, der, "extKeyUsage");
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
            var box = reader.Enter(DerTag.Sequence, field);
            found = reader.Optional(DerTag.Context(0), field);
            while (reader.HasMore) reader.Any(field);
            reader.Leave(box);
        }

        Note(reader.Fault);
        return found is { IsSet: true } at ? whole[at.Content..at.ContentEnd] : default;
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
        if (!reader.Fault.IsFault) IsCertificateAuthority = reader.Optional(DerTag.Boolean, "cA") is { } flag && DerText.IsTrue(reader.Content(flag));
        if (reader.Optional(DerTag.Integer, "pathLenConstraint") is { IsSet: true } length) PathLength = DerText.Number(reader.Content(length));
        reader.Leave(box);
        Note(reader.Fault);
    }

    // RFC 7633 section 6: Features ::= SEQUENCE OF INTEGER, the numbers of TLS extensions; status_request is 5.
    private void ReadTlsFeature(DerValue value, ReadOnlySpan<byte> der)
    {
        var reader = new DerReader(der, value);
        var box = reader.Enter(DerTag.Sequence, "Features");
        while (reader.HasMore) MustStaple |= DerText.Number(reader.Content(reader.Take(DerTag.Integer, "Features"))) == 5;
        reader.Leave(box);
        Note(reader.Fault);
    }

    private void Note(WireFault fault)
    {
        if (!Fault.IsFault) Fault = fault;
    }

    private static ReadOnlySpan<byte> CertificateExtension => [0x55, 0x1D];

    private static ReadOnlySpan<byte> PrivateExtension => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01];

    // 1.3.6.1.4.1.11129.2.4.2
    private static ReadOnlySpan<byte> TimestampList => [0x2B, 0x06, 0x01, 0x04, 0x01, 0xD6, 0x79, 0x02, 0x04, 0x02];
}
