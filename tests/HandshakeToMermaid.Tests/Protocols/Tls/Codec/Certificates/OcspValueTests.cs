using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>What an OCSP response says, value by value (RFC 6960 section 4.2.1).</summary>
public class OcspValueTests
{
    [Fact]
    public void A_response_says_all_its_values()
    {
        var tree = DerTree.Parse(DerExamples.OcspResponse());
        var response = OcspResponse.Read(tree.Write());
        Assert.Equal(
            "Successful of CN=A: Good Serial=1001 HashAlgorithm=sha1 IssuerNameHash=a1a2 IssuerKeyHash=b1b2 ThisUpdate=2026-01-03T03:04:05.000000Z NextUpdate=2026-01-04T03:04:05.000000Z, "
                + "Unknown Serial=1002 HashAlgorithm=1.2.3.4 IssuerNameHash=c1 IssuerKeyHash=d1 ThisUpdate=2026-01-05T03:04:05.000000Z",
            Summary(response));
        Assert.Equal(
            "ProducedAt=2026-01-02T03:04:05.000000Z Signature=ecdsa-with-SHA256 SignatureOid=1.2.840.10045.4.3.2 SignatureAlgorithm=300a06082a8648ce3d040302 SignatureValue=e1e2 Certificates=[3003020101, 3003020102]",
            Decoded.Text(response, "Status", "Responses", "ResponderId", "ResponderNameDer", "ToBeSigned"));
        var signed = tree.Find("tbsResponseData");
        Assert.Equal(response.Der[signed.Start..signed.End].ToArray(), response.ToBeSigned.ToArray());
        Assert.Equal(DerExamples.NameOfA, Convert.ToHexString(response.ResponderNameDer.Span[2..]));
        Assert.True(response.ResponderKeyHash.IsEmpty);
    }

    [Theory]
    [InlineData(0, "unspecified")]
    [InlineData(1, "keyCompromise")]
    [InlineData(2, "cACompromise")]
    [InlineData(3, "affiliationChanged")]
    [InlineData(4, "superseded")]
    [InlineData(5, "cessationOfOperation")]
    [InlineData(6, "certificateHold")]
    [InlineData(7, "reason 7")]
    [InlineData(8, "removeFromCRL")]
    [InlineData(9, "privilegeWithdrawn")]
    [InlineData(10, "aACompromise")]
    [InlineData(255, "reason 255")]
    public void A_revocation_has_a_reason_by_its_name(byte number, string reason)
    {
        var single = Read(DerExamples.OcspResponse($$"""A1 certStatus{18~ revocationTime="20260101000000Z" A0? revocationReason{0A revocationReason={{number:X2}} } }""")).Responses[0];
        Assert.Equal((CertificateStatus.Revoked, "2026-01-01T00:00:00.000000Z", reason), (single.Status, single.RevocationTime.ToString(), single.Reason));
    }

    [Theory]
    [InlineData("""A1 certStatus{18~ revocationTime="20260101000000Z"}""")]
    [InlineData("""A1 certStatus{18~ revocationTime="20260101000000Z" A0? revocationReason{0A revocationReason=0001}}""")]
    [InlineData("""A1 certStatus{18~ revocationTime="20260101000000Z" A0? revocationReason{0A revocationReason=}}""")]
    public void A_revocation_without_a_reason_or_with_one_of_another_length_has_none(string status)
    {
        var response = Read(DerExamples.OcspResponse(status));
        Assert.Equal((CertificateStatus.Revoked, null), (response.Responses[0].Status, response.Responses[0].Reason));
        Assert.Equal(default, response.Fault);
    }

    [Theory]
    [InlineData("00", OcspResponseStatus.Successful)]
    [InlineData("01", OcspResponseStatus.MalformedRequest)]
    [InlineData("02", OcspResponseStatus.InternalError)]
    [InlineData("03", OcspResponseStatus.TryLater)]
    [InlineData("05", OcspResponseStatus.SigRequired)]
    [InlineData("06", OcspResponseStatus.Unauthorized)]
    [InlineData("09", (OcspResponseStatus)9)]
    [InlineData("", OcspResponseStatus.Unparsed)]
    [InlineData("0000", OcspResponseStatus.Unparsed)]
    internal void The_status_is_that_of_the_wire(string hex, OcspResponseStatus status)
    {
        var response = Read($"30 OCSPResponse{{0A responseStatus={hex}}}");
        Assert.Equal((status, default), (response.Status, response.Fault));
    }

    [Fact]
    public void A_responder_that_is_named_by_its_key_has_its_hash()
    {
        var response = Read(DerExamples.OcspResponse(responder: "A2 responderID{04 byKey=A1A2}"));
        Assert.Equal(("key a1a2", "A1A2", true), (response.ResponderId, Convert.ToHexString(response.ResponderKeyHash.Span), response.ResponderNameDer.IsEmpty));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    public void Of_a_long_key_hash_64_bytes_are_shown(int length)
    {
        var response = Read(DerExamples.OcspResponse(responder: $"A2 responderID{{04 byKey={string.Concat(Enumerable.Repeat("A1", length))}}}"));
        Assert.Equal($"key {string.Concat(Enumerable.Repeat("a1", 64))}", response.ResponderId);
        Assert.Equal(length, response.ResponderKeyHash.Length);
    }

    [Fact]
    public void Values_that_are_not_allowed_are_faults_behind_which_nothing_is_read()
    {
        Faults(DerExamples.OcspResponse(responder: "A3 responderID{04 byKey=A1A2}"), FaultKind.BadValue, "responderID");
        Faults(DerExamples.OcspResponse().Replace("2B0601050507300101", "2B0601050507300102", StringComparison.Ordinal), FaultKind.BadValue, "responseType");
        Faults(DerExamples.OcspResponse().Replace("20260102030405Z", "20260132030405Z", StringComparison.Ordinal), FaultKind.BadValue, "producedAt");
        Faults(DerExamples.OcspResponse().Replace("18~ producedAt", "04~ producedAt", StringComparison.Ordinal), FaultKind.BadValue, "producedAt");
        Faults(DerExamples.OcspResponse("A0 certStatus{18~ a=}"), FaultKind.BadValue, "certStatus");
        Faults(DerExamples.OcspResponse("""A1 certStatus{18~ revocationTime="yesterday"}"""), FaultKind.BadValue, "revocationTime");

        static void Faults(string tree, FaultKind kind, string field)
        {
            var response = Read(tree);
            Assert.Equal((kind, field), (response.Fault.Kind, response.Fault.Field));
            Assert.Empty(response.Responses);
            Assert.True(response.ToBeSigned.IsEmpty);
        }
    }

    [Theory]
    [InlineData("20260103030405Z", "thisUpdate", 1)]
    [InlineData("20260104030405Z", "nextUpdate", 1)]
    [InlineData("20260105030405Z", "thisUpdate", 2)]
    public void Of_a_time_that_is_none_the_answer_has_none(string time, string field, int answers)
    {
        var response = Read(DerExamples.OcspResponse().Replace(time, "2026", StringComparison.Ordinal));
        Assert.Equal((FaultKind.BadValue, field), (response.Fault.Kind, response.Fault.Field));
        Assert.Equal(answers, response.Responses.Count);
        Assert.Null(field == "thisUpdate" ? response.Responses[^1].ThisUpdate : response.Responses[^1].NextUpdate);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("00", "")]
    [InlineData("00E1", "e1")]
    public void A_signature_stands_behind_its_count_of_unused_bits(string hex, string signature)
        => Assert.Equal(signature, Convert.ToHexStringLower(Read(DerExamples.OcspResponse().Replace("00E1E2", hex, StringComparison.Ordinal)).SignatureValue.Span));

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    public void No_more_than_100_answers_and_certificates_are_kept(int sent, int kept)
    {
        var single = """30 responses{30 certID{30 hashAlgorithm{06 hashAlgorithm=2A03} 04 issuerNameHash= 04 issuerKeyHash= 02 serialNumber=01} 80 certStatus= 18~ thisUpdate="20260103030405Z"} """;
        var text = DerExamples.OcspResponse();
        var from = text.IndexOf("30 responses{", StringComparison.Ordinal);
        text = text[..from] + string.Concat(Enumerable.Repeat(single, sent)) + "} " + text[text.IndexOf("A1? responseExtensions", StringComparison.Ordinal)..];
        var response = Read(text.Replace("30 certs=020101", string.Concat(Enumerable.Repeat("30 certs=020101 ", sent - 1)), StringComparison.Ordinal));
        Assert.Equal((kept, kept, default), (response.Responses.Count, response.Certificates.Count, response.Fault));
    }

    private static string Summary(OcspResponse response) =>
        $"{response.Status} of {response.ResponderId}: {string.Join(", ", response.Responses.Select(s => $"{s.Status} {Decoded.Text(s, "Status")}"))}";

    private static OcspResponse Read(string tree) => OcspResponse.Read(DerTree.Parse(tree).Write());
}
