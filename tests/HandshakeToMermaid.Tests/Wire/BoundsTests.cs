using System.Net;
using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>Room on the stack, and reads without checks, at their bounds and around them.</summary>
public class BoundsTests
{
    [Fact]
    public void A_hash_reads_no_byte_behind_its_span()
    {
        using var memory = new GuardedMemory();
        var bytes = new byte[600];
        for (var length = 0; length < bytes.Length; length++) Assert.Equal(SpanHash.Of(bytes.AsSpan(0, length), 7), SpanHash.Of(memory.Place(bytes.AsSpan(0, length)), 7));
    }

    [Fact]
    public void The_longest_label_and_context_that_their_lengths_can_say_have_room()
    {
        var (label, context) = (new byte[255], new byte[255]);
        var info = (byte[])[0, 32, 255, .. label, 255, .. context];
        var output = new byte[32];
        HkdfLabel.ExpandLabel(HashAlgorithmName.SHA256, new byte[32], label.AsSpan(6), context, output, prefix: label.AsSpan(0, 6));
        Assert.Equal(HKDF.Expand(HashAlgorithmName.SHA256, new byte[32], 32, info), output);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(200)]
    public void A_record_in_any_number_of_pieces_has_each_of_them(int count)
    {
        var reader = new PieceCounter();
        var assembler = new RecordAssembler(Direction.Forward, reader);
        var record = TlsBytes.Join([22, 3, 3], TlsBytes.U16((ushort)(count - 1)), new byte[count - 1]);

        // The first piece is the header with a byte, each other one a byte.
        assembler.Push(record.AsSpan(0, 6), new FrameMark(1, default));
        for (var i = 6; i < record.Length; i++) assembler.Push(record.AsSpan(i, 1), new FrameMark(i, default));
        Assert.Equal([count - 1], reader.Pieces);
    }

    [Theory]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    public void The_longest_address_has_room(string address)
    {
        var parsed = IpAddress.FromBytes(IPAddress.Parse(address).GetAddressBytes());
        Assert.Equal((address, address), (parsed.ToString(), parsed.ToIPAddress().ToString()));
    }

    [Theory]
    [InlineData(0x0301)]
    [InlineData(0x0303)]
    public void Keys_of_any_length_begin_alike(int version)
    {
        var seed = new byte[600];
        var longest = new byte[600];
        Prf.Expand((ushort)version, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, longest);
        foreach (var length in (int[])[1, 47, 511, 512, 513, 600])
        {
            var output = new byte[length];
            Prf.Expand((ushort)version, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, output);
            Assert.Equal(longest[..length], output);
        }
    }

    [Theory]
    [InlineData(512 - 48 - 5 - 1)]
    [InlineData(512 - 48 - 5)]
    [InlineData(512 - 48 - 5 + 1)]
    public void A_seed_at_the_edge_of_the_stack_is_used_whole(int length)
    {
        var (one, other) = (new byte[48], new byte[48]);
        var seed = new byte[length];
        Prf.Expand(0x0303, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, one);
        seed[^1] = 1;
        Prf.Expand(0x0303, HashAlgorithmName.SHA384, new byte[48], "label"u8, seed, other);
        Assert.NotEqual(one, other);
    }

    private sealed class PieceCounter : IRecordReader
    {
        public List<int> Pieces { get; } = [];

        public bool Wants(Direction from, ContentType type, int length) => true;

        public void Record(Direction from, in TlsRecord record)
        {
            Pieces.Add(record.Pieces.Length);
            for (var i = 0; i < record.Pieces.Length; i++) Assert.Equal(i + 1, record.Pieces[i].End);
        }

        public void Lost(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark) => Assert.Fail("no record");

        public void Resumed(Direction from, FrameMark mark) => Assert.Fail("no record");
    }
}
