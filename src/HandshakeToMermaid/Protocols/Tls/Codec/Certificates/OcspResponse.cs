using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

// RFC 6960 section 4.2.1.
//   OCSPResponse      ::= SEQUENCE { responseStatus ENUMERATED, [0] EXPLICIT SEQUENCE { OBJECT IDENTIFIER, response OCTET STRING } }
//   BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate }
//   ResponseData      ::= SEQUENCE { version [0], responderID CHOICE { [1] Name, [2] KeyHash }, producedAt, responses SEQUENCE OF
//       SingleResponse, responseExtensions [1] }
// Not decoded: extensions (nonce, archive cutoff), response types other than id-pkix-ocsp-basic.

/// <summary>An OCSP response, as a server staples it to its certificate. Nothing is judged here; a broken one keeps what stood before the fault.</summary>
internal sealed class OcspResponse
{
    private readonly List<OcspSingleResponse> responses = [];
    private readonly List<Certificate> certificates = [];

    private OcspResponse(ReadOnlyMemory<byte> der) => Der = der;

    /// <summary>Decodes a DER response; the memory is referenced, not copied, and must not change. Never throws.</summary>
    public static OcspResponse Read(ReadOnlyMemory<byte> der)
    {
        var response = new OcspResponse(der);
        response.Read();
        return response;
    }

    /// <summary>The bytes it was read from.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The first thing that was wrong, by its RFC 6960 field name.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>Whether the responder answered at all.</summary>
    public OcspResponseStatus Status { get; private set; } = OcspResponseStatus.Unparsed;

    /// <summary>The answers, one per certificate, at most 100.</summary>
    public IReadOnlyList<OcspSingleResponse> Responses => responses;

    /// <summary>Who answered: a name as in <see cref="Certificate.Subject"/>, or "key " and the SHA-1 of the key in hex; empty where unread.</summary>
    public string ResponderId { get; private set; } = "";

    /// <summary>The responder's name as DER; empty where it is named by its key.</summary>
    public ReadOnlyMemory<byte> ResponderNameDer { get; private set; }

    /// <summary>The SHA-1 of the responder's key; empty where it is named by its name.</summary>
    public ReadOnlyMemory<byte> ResponderKeyHash { get; private set; }

    /// <summary>When it was signed; null where unread.</summary>
    public Timestamp? ProducedAt { get; private set; }

    /// <summary>The signature's algorithm by its RFC name; the OID where unknown.</summary>
    public string Signature => ObjectIdentifiers.Signature(SignatureOid) ?? SignatureOid;

    /// <summary>The signature's algorithm; empty where unread.</summary>
    public string SignatureOid { get; private set; } = "";

    /// <summary>signatureAlgorithm as DER, with its parameters.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithm { get; private set; }

    /// <summary>tbsResponseData as DER: what the signature is made over.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; private set; }

    /// <summary>The signature's bytes.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; private set; }

    /// <summary>Certificates sent along: the delegated responder's own, where there is one.</summary>
    public IReadOnlyList<Certificate> Certificates => certificates;

    private void Read()
    {
        var reader = new DerReader(Der.Span);
        var response = reader.Enter(DerTag.Sequence, "OCSPResponse");
        var status = reader.Content(reader.Take(DerTag.Enumerated, "responseStatus"));
        if (status.Length == 1) Status = (OcspResponseStatus)status[0];
        if (reader.NextTag == DerTag.ContextConstructed(0))
        {
            var wrapper = reader.Enter(DerTag.ContextConstructed(0), "responseBytes");
            var body = reader.Enter(DerTag.Sequence, "responseBytes");
            var isBasic = reader.Content(reader.Take(DerTag.ObjectIdentifier, "responseType")).SequenceEqual(BasicResponse);
            if (!isBasic) reader.Fail(FaultKind.BadValue, "responseType");
            var basic = reader.Enter(DerTag.OctetString, "response");
            ReadBasic(ref reader);
            reader.Leave(basic);
            reader.Leave(body);
            reader.Leave(wrapper);
        }

        reader.Leave(response);
        if (reader.Offset < Der.Length) reader.Fail(FaultKind.Trailing, "OCSPResponse");
        Fault = reader.Fault;
    }

    private void ReadBasic(ref DerReader reader)
    {
        var basic = reader.Enter(DerTag.Sequence, "BasicOCSPResponse");
        var start = reader.Offset;
        ReadResponseData(ref reader);
        if (!reader.Fault.IsFault) ToBeSigned = Der[start..reader.Offset];
        var algorithm = reader.Take(DerTag.Sequence, "signatureAlgorithm");
        if (algorithm.IsSet)
        {
            SignatureAlgorithm = Der[algorithm.Whole];
            var inner = new DerReader(Der.Span, algorithm);
            SignatureOid = DerText.ObjectIdentifier(inner.Content(inner.Take(DerTag.ObjectIdentifier, "algorithm")));
        }

        var signature = reader.Take(DerTag.BitString, "signature");
        if (signature.ContentEnd > signature.Content) SignatureValue = Der[(signature.Content + 1)..signature.ContentEnd];
        if (reader.NextTag == DerTag.ContextConstructed(0))
        {
            var wrapper = reader.Enter(DerTag.ContextConstructed(0), "certs");
            var list = reader.Enter(DerTag.Sequence, "certs");
            while (reader.HasMore)
            {
                var certificate = reader.Take(DerTag.Sequence, "certs");
                if (certificate.IsSet && certificates.Count < Most) certificates.Add(Certificate.Read(Der[certificate.Whole]));
            }

            reader.Leave(list);
            reader.Leave(wrapper);
        }

        reader.Leave(basic);
    }

    private void ReadResponseData(ref DerReader reader)
    {
        var data = reader.Enter(DerTag.Sequence, "tbsResponseData");
        reader.Optional(DerTag.ContextConstructed(0), "version");
        var tag = reader.NextTag;
        var responder = reader.Enter(tag, "responderID");
        if (tag == DerTag.ContextConstructed(1))
        {
            var name = reader.Take(DerTag.Sequence, "byName");
            ResponderNameDer = Der[name.Whole];
            ResponderId = DistinguishedName.Text(ResponderNameDer.Span);
        }
        else if (tag == DerTag.ContextConstructed(2))
        {
            var key = reader.Take(DerTag.OctetString, "byKey");
            ResponderKeyHash = Der[key.Content..key.ContentEnd];
            ResponderId = $"key {Convert.ToHexStringLower(ResponderKeyHash.Span[..Math.Min(ResponderKeyHash.Length, LongestKeyHash)])}";
        }
        else
        {
            reader.Fail(FaultKind.BadValue, "responderID");
        }

        reader.Leave(responder);
        ProducedAt = Time(ref reader, "producedAt");
        var list = reader.Enter(DerTag.Sequence, "responses");
        while (reader.HasMore) ReadSingle(ref reader);
        reader.Leave(list);
        reader.Optional(DerTag.ContextConstructed(1), "responseExtensions");
        reader.Leave(data);
    }

    // SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate, nextUpdate [0] EXPLICIT OPTIONAL, singleExtensions [1] }
    // CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING, serialNumber INTEGER }
    // CertStatus ::= CHOICE { good [0] NULL, revoked [1] { revocationTime, revocationReason [0] EXPLICIT OPTIONAL }, unknown [2] NULL }
    private void ReadSingle(ref DerReader reader)
    {
        var single = reader.Enter(DerTag.Sequence, "responses");
        var id = reader.Enter(DerTag.Sequence, "certID");
        var algorithm = reader.Enter(DerTag.Sequence, "hashAlgorithm");
        var hash = reader.Take(DerTag.ObjectIdentifier, "hashAlgorithm");
        while (reader.HasMore) reader.Any("hashAlgorithm");
        reader.Leave(algorithm);
        var name = reader.Take(DerTag.OctetString, "issuerNameHash");
        var key = reader.Take(DerTag.OctetString, "issuerKeyHash");
        var serial = reader.Take(DerTag.Integer, "serialNumber");
        reader.Leave(id);

        var status = CertificateStatus.Unknown;
        Timestamp? revoked = null;
        string? reason = null;
        var tag = reader.NextTag;
        if (tag == DerTag.ContextConstructed(1))
        {
            status = CertificateStatus.Revoked;
            var box = reader.Enter(tag, "certStatus");
            revoked = Time(ref reader, "revocationTime");
            if (reader.NextTag == DerTag.ContextConstructed(0))
            {
                var inner = reader.Enter(DerTag.ContextConstructed(0), "revocationReason");
                var number = reader.Content(reader.Take(DerTag.Enumerated, "revocationReason"));
                if (number.Length == 1) reason = Reason(number[0]);
                reader.Leave(inner);
            }

            reader.Leave(box);
        }
        else
        {
            if (tag == DerTag.Context(0)) status = CertificateStatus.Good;
            else if (tag != DerTag.Context(2) && reader.HasMore) reader.Fail(FaultKind.BadValue, "certStatus");
            reader.Any("certStatus");
        }

        // A status that could not be decoded is not stored.
        if (reader.Fault.IsFault) return;
        var thisUpdate = Time(ref reader, "thisUpdate");
        Timestamp? nextUpdate = null;
        if (reader.NextTag == DerTag.ContextConstructed(0))
        {
            var box = reader.Enter(DerTag.ContextConstructed(0), "nextUpdate");
            nextUpdate = Time(ref reader, "nextUpdate");
            reader.Leave(box);
        }

        reader.Optional(DerTag.ContextConstructed(1), "singleExtensions");
        reader.Leave(single);
        if (responses.Count >= Most) return;
        var oid = DerText.ObjectIdentifier(reader.Content(hash));
        responses.Add(new OcspSingleResponse(
            DerText.HexInteger(reader.Content(serial)),
            ObjectIdentifiers.Hash(oid) ?? oid,
            Der[name.Content..name.ContentEnd],
            Der[key.Content..key.ContentEnd],
            status,
            thisUpdate,
            nextUpdate,
            revoked,
            reason));
    }

    private static Timestamp? Time(ref DerReader reader, string field)
    {
        var tag = reader.NextTag;
        var value = reader.Any(field);
        if (!value.IsSet) return null;
        var time = DerTime.Read(tag, reader.Content(value));
        if (!time.IsValid) reader.Fail(FaultKind.BadValue, field);
        return time.Time;
    }

    private static string Reason(byte number) => number switch
    {
        0 => "unspecified",
        1 => "keyCompromise",
        2 => "cACompromise",
        3 => "affiliationChanged",
        4 => "superseded",
        5 => "cessationOfOperation",
        6 => "certificateHold",
        8 => "removeFromCRL",
        9 => "privilegeWithdrawn",
        10 => "aACompromise",
        _ => $"reason {number}",
    };

    // id-pkix-ocsp-basic, 1.3.6.1.5.5.7.48.1.1
    private static ReadOnlySpan<byte> BasicResponse => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01];

    // A staple answers for one certificate, rarely for a chain; OpenSSL's chains end at 100.
    private const int Most = 100;

    private const int LongestKeyHash = 64;
}
