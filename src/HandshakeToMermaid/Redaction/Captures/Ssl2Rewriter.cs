using System.Buffers.Binary;

namespace HandshakeToMermaid.Redaction.Captures;

// draft-hickman-netscape-ssl-00:
//   record: 1 (1 bit) | length (15), or 00 | length (14) | padding (1 byte); then the message
//   CLIENT-HELLO: type (1) 1 | version (2) | lengths of ciphers (2), session id (2), challenge (2) | all three
//   SERVER-HELLO: type (1) 4 | session id hit (1) | certificate type (1) | version (2) | lengths of certificate (2), ciphers (2), connection id (2) | all three
//   CLIENT-MASTER-KEY: type (1) 2 | cipher (3) | three lengths (6) | keys

/// <summary>One direction of SSL 2.0, or the hello in its form in front of later versions (RFC 5246 appendix E.2), in place.</summary>
internal sealed class Ssl2Rewriter(HandshakeRewriter handshake, Noise noise)
{
    /// <summary>Rewrites what begins a stream.</summary>
    /// <returns>How many bytes that were; 0 where it is something else.</returns>
    public int Rewrite(Span<byte> stream)
    {
        if (stream.Length < ShortestHello || (stream[0] & 0x80) == 0) return 0;
        var length = ((stream[0] & 0x7F) << 8) | stream[1];
        if (length < ClientHelloHeader || 2 + length > stream.Length) return 0;
        var hello = stream.Slice(2, length);
        if (hello[0] == 1 && hello[1] is 0 or 3 && ClientHelloHeader + Lengths(hello[3..]) == length)
        {
            noise.Fill(hello[(ClientHelloHeader + BinaryPrimitives.ReadUInt16BigEndian(hello[3..]))..], 0);
            if (hello[1] == 3) return 2 + length;
        }
        else if (length > 11 && hello[0] == 4 && hello[3] == 0 && 11 + Lengths(hello[5..]) == length)
        {
            handshake.Certificate(hello.Slice(11, BinaryPrimitives.ReadUInt16BigEndian(hello[5..])));
            noise.Fill(hello[^BinaryPrimitives.ReadUInt16BigEndian(hello[9..])..], 0);
        }
        else
        {
            return 0;
        }

        Rest(stream[(2 + length)..]);
        return stream.Length;
    }

    private void Rest(Span<byte> stream)
    {
        var isFirst = true;
        while (stream.Length >= 3)
        {
            var header = (stream[0] & 0x80) != 0 ? 2 : 3;
            var length = ((stream[0] & (header == 2 ? 0x7F : 0x3F)) << 8) | stream[1];
            var content = stream.Slice(header, Math.Min(length, stream.Length - header));
            var kept = isFirst && content.Length > MasterKeyHeader && content[0] == 2 ? MasterKeyHeader : 0;
            noise.Fill(content[kept..], stream.Length);
            stream = stream[(header + content.Length)..];
            isFirst = false;
        }

        noise.Fill(stream, 0);
    }

    private static int Lengths(ReadOnlySpan<byte> three) =>
        BinaryPrimitives.ReadUInt16BigEndian(three) + BinaryPrimitives.ReadUInt16BigEndian(three[2..]) + BinaryPrimitives.ReadUInt16BigEndian(three[4..]);

    private const int ShortestHello = 11;
    private const int ClientHelloHeader = 9;
    private const int MasterKeyHeader = 10;
}
