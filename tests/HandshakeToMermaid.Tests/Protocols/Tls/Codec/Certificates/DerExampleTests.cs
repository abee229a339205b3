using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>What holds for every structure in DER: the fault names the field that is cut, missing, too many or of another tag, and where.</summary>
public class DerExampleTests
{
    public static TheoryData<int> Extensions() => [.. Enumerable.Range(0, DerExamples.Extensions.Length)];

    [Fact]
    public void Faults_of_a_certificate_name_their_field() => Holds(DerTree.Parse(DerExamples.Certificate()), der => Certificate.Read(der).Fault);

    [Theory]
    [InlineData("80 certStatus=")]
    [InlineData("""A1 certStatus{18~ revocationTime="20260101000000Z" A0? revocationReason{0A revocationReason=01}}""")]
    [InlineData("82 certStatus=")]
    public void Faults_of_an_ocsp_response_name_their_field(string status) => Holds(DerTree.Parse(DerExamples.OcspResponse(status)), der => OcspResponse.Read(der).Fault);

    [Fact]
    public void Faults_of_a_responder_that_is_named_by_its_key_name_their_field() =>
        Holds(DerTree.Parse(DerExamples.OcspResponse(responder: "A2~ responderID{04 byKey=A1A2}")), der => OcspResponse.Read(der).Fault);

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Faults_of_an_extension_name_their_field(int number)
    {
        var (id, value) = DerExamples.Extensions[number];
        foreach (var (change, bytes, fault) in DerTree.Parse(value).Faults())
        {
            // What stands in an extension is read where the extension is whole.
            var certificate = DerTree.Parse(DerExamples.Certificate($"30 extensions{{06 extnID={id} 04 extnValue={Convert.ToHexString(bytes)}}}"));
            var expected = fault.IsFault ? fault with { Offset = fault.Offset + certificate.Find("extnValue").Content } : fault;
            var read = Certificate.Read(certificate.Write());
            Assert.True(expected == read.Fault, $"{id}, {change}: {expected}, not {read.Fault}");
            CertificateTests.Look(read);
        }
    }

    [Theory]
    [InlineData(DerLengths.Long)]
    [InlineData(DerLengths.Indefinite)]
    internal void Lengths_that_only_ber_allows_change_nothing_that_is_read(DerLengths lengths)
    {
        var tree = DerTree.Parse(DerExamples.Certificate());
        Assert.Equal(Decoded.Text(Certificate.Read(tree.Write()), Places), Decoded.Text(Certificate.Read(tree.Write(lengths)), Places));
        tree = DerTree.Parse(DerExamples.OcspResponse());
        var response = OcspResponse.Read(tree.Write(lengths));
        Assert.Equal(default, response.Fault);
        Assert.Equal(Decoded.Text(OcspResponse.Read(tree.Write()), Places), Decoded.Text(response, Places));
        foreach (var (id, value) in DerExamples.Extensions)
        {
            string Read(DerLengths form) => Decoded.Text(Certificate.Read(DerTree.Parse(DerExamples.Certificate(
                $"30 extensions{{06 extnID={id} 04 extnValue={Convert.ToHexString(DerTree.Parse(value).Write(form))}}}")).Write()), Places);
            Assert.Equal(Read(DerLengths.Shortest), Read(lengths));
        }
    }

    private static void Holds(DerTree tree, Func<byte[], WireFault> read)
    {
        Assert.Equal(default, read(tree.Write()));
        Assert.Equal(new WireFault(FaultKind.Trailing, tree.End, tree.Name), read([.. tree.Write(), 0]));
        foreach (var (change, bytes, fault) in tree.Faults()) Assert.True(fault == read(bytes), $"{change}: {fault}, not {read(bytes)}");
    }

    /// <summary>Properties that hold the bytes as they were written.</summary>
    private static readonly string[] Places = ["Der", "Sha256", "ToBeSigned", "SubjectDer", "IssuerDer", "SubjectPublicKeyInfo", "SignatureAlgorithm", "ResponderNameDer", "Certificates"];
}
