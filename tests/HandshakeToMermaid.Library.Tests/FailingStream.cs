namespace HandshakeToMermaid.Tests;

/// <summary>A stream that breaks after some bytes, as a network share does.</summary>
internal sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => Position < Length ? base.Read(buffer, offset, count) : throw new IOException("the share is gone");

    public override int Read(Span<byte> buffer) => Position < Length ? base.Read(buffer) : throw new IOException("the share is gone");
}
