namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>What a generated capture looks like.</summary>
/// <param name="Connections">How many there are.</param>
/// <param name="Concurrency">How many of them go on at once.</param>
/// <param name="BulkBytes">Bytes that each server sends behind the handshake.</param>
/// <param name="MostPackets">Packets after which the capture ends.</param>
internal sealed record CaptureShape(int Connections, int Concurrency, long BulkBytes, long MostPackets = long.MaxValue)
{
    /// <summary>Few connections full of data, 0.44 GB.</summary>
    public static CaptureShape Bulk => new(80, 64, 5_000_000);

    /// <summary>Many connections with nothing but a request and its answer.</summary>
    public static CaptureShape Storm => new(20_000, 1000, 0);

    /// <summary>Ten times as many.</summary>
    public static CaptureShape Many => new(200_000, 1000, 0);

    /// <summary>A tenth of <see cref="Storm"/>, to which others are added.</summary>
    public static CaptureShape Shower => new(2000, 1000, 0);

    /// <summary>A quarter of <see cref="Storm"/>, of one kind: QUIC against TCP.</summary>
    public static CaptureShape Handshakes => new(5000, 1000, 0);

    /// <summary>Forty packets.</summary>
    public static CaptureShape Small => new(2, 2, 3000, 40);
}
