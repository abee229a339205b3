// RFC 8879 section 4:
//   struct { CertificateCompressionAlgorithm algorithm; uint24 uncompressed_length; opaque compressed_certificate_message<1..2^24-1>; } CompressedCertificate;
// zstd is named but not decompressed: .NET has no decoder for it.
using System.Buffers;
using System.IO.Compression;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A Certificate message, compressed.</summary>
internal sealed class CompressedCertificate : HandshakeMessage
{
    private CompressedCertificate()
        : base(HandshakeType.CompressedCertificate)
    {
    }

    /// <summary>How it is compressed.</summary>
    public CertificateCompressionAlgorithm Algorithm { get; private init; }

    /// <summary>Bytes of the message inside, as declared.</summary>
    public int UncompressedLength { get; private init; }

    /// <summary>Bytes of the compressed message.</summary>
    public int CompressedLength { get; private init; }

    /// <summary>The decompressed message; null if it could not be decompressed.</summary>
    public CertificateMessage? Certificate { get; private init; }

    internal static CompressedCertificate Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var reader = new WireReader(body.Span);
        var algorithm = new CertificateCompressionAlgorithm(reader.U16("algorithm"));
        var length = reader.U24("uncompressed_length");
        var compressed = reader.Keep(body, reader.Vector24("compressed_certificate_message"));
        reader.End("CompressedCertificate");
        CertificateMessage? inside = null;
        if (length > context.Limits.HandshakeMessageBytes)
        {
            reader.Fail(FaultKind.TooLong, "uncompressed_length");
        }
        else if (!reader.Fault.IsFault && algorithm != CertificateCompressionAlgorithm.Zstd)
        {
            if (Decompress(algorithm, compressed, length) is { } plain)
            {
                inside = CertificateMessage.Read(plain, context with { Version = ProtocolVersion.Tls13 });
            }
            else
            {
                reader.Fail(FaultKind.BadValue, "compressed_certificate_message");
            }
        }

        return new CompressedCertificate
        {
            Algorithm = algorithm, UncompressedLength = length, CompressedLength = compressed.Length, Certificate = inside,
            Fault = reader.Fault.IsFault ? reader.Fault : inside?.Fault ?? default,
        };
    }

    /// <summary>The bytes inside, if they are exactly as many as declared; never more are unpacked.</summary>
    private static byte[]? Decompress(CertificateCompressionAlgorithm algorithm, ReadOnlyMemory<byte> compressed, int length)
    {
        var plain = new byte[length];
        if (algorithm == CertificateCompressionAlgorithm.Brotli)
        {
            using var decoder = default(BrotliDecoder);
            var status = decoder.Decompress(compressed.Span, plain, out _, out var written);
            return status == OperationStatus.Done && written == length ? plain : null;
        }

        if (algorithm != CertificateCompressionAlgorithm.Zlib) return null;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            return stream.ReadAtLeast(plain, length, throwOnEndOfStream: false) == length && stream.ReadByte() < 0 ? plain : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
