using System.IO.Compression;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Builders.TlsBytes;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

public class CompressedCertificateTests
{
    private static readonly byte[] Plain = Join(Vector8(), Vector24(Vector24(Fill(700)), Vector16()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_chain_inside_is_read(int algorithm)
    {
        var message = Read(algorithm, Compress(algorithm, Plain), Plain.Length);
        Assert.Equal(default, message.Fault);
        Assert.Equal(700, message.Certificate!.Entries.Single().Certificate.Der.Length);
    }

    [Fact]
    public void Zstd_is_named_and_not_opened()
    {
        var message = Read(3, Fill(40), 700);
        Assert.Equal("zstd", message.Algorithm.Name);
        Assert.Null(message.Certificate);
        Assert.False(message.Fault.IsFault);
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(1, 1)]
    [InlineData(2, -1)]
    [InlineData(2, 1)]
    public void A_wrong_length_is_a_fault(int algorithm, int off)
    {
        var message = Read(algorithm, Compress(algorithm, Plain), Plain.Length + off);
        Assert.True(message.Fault.IsFault);
        Assert.Null(message.Certificate);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void More_than_the_cap_is_never_unpacked(int above, bool isFault)
    {
        var limits = AnalyzerLimits.Default with { HandshakeMessageBytes = Plain.Length - above };
        var context = new MessageContext(ProtocolVersion.Tls13, null, limits);
        var body = Join(U16(2), U24(Plain.Length), Vector24(Compress(2, Plain)));
        Assert.Equal(isFault ? new WireFault(FaultKind.TooLong, body.Length, "uncompressed_length") : default, HandshakeMessage.Read(HandshakeType.CompressedCertificate, body, context).Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_fault_of_the_message_inside_is_its_own(int algorithm)
    {
        byte[] broken = [0, 0, 0, 9, 1];
        var message = Read(algorithm, Compress(algorithm, broken), broken.Length);
        Assert.Equal(new WireFault(FaultKind.Short, 4, "certificate_list"), message.Fault);
        Assert.Equal(message.Fault, message.Certificate!.Fault);
    }

    private static CompressedCertificate Read(int algorithm, byte[] compressed, int length) => (CompressedCertificate)HandshakeMessage.Read(
        HandshakeType.CompressedCertificate, Join(U16(algorithm), U24(length), Vector24(compressed)), new MessageContext(ProtocolVersion.Tls13, null, AnalyzerLimits.Default));

    private static byte[] Compress(int algorithm, byte[] plain)
    {
        var memory = new MemoryStream();
        using (Stream stream = algorithm == 1 ? new ZLibStream(memory, CompressionLevel.Optimal) : new BrotliStream(memory, CompressionLevel.Optimal)) stream.Write(plain);
        return memory.ToArray();
    }
}
