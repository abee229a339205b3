using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Capture.Live;

namespace HandshakeToMermaid;

/// <summary>Reads the handshakes of packet captures: DNS, TCP and TLS, also in QUIC, DTLS and behind STARTTLS.</summary>
/// <example><code>
/// foreach (var handshake in Handshakes.Read("incident.pcap"))
/// {
///     if (handshake.IsFailed) Console.WriteLine(handshake.ToMermaid());
/// }
/// </code></example>
public static class Handshakes
{
    /// <summary>Reads a capture: pcap or pcapng, also compressed with gzip, recognised by content.</summary>
    /// <param name="path">
    /// A file; a directory, whose captures are read as one in the order of time; a pattern with <c>*</c>, <c>?</c> and <c>[...]</c>; or
    /// <c>-</c> for standard input.
    /// </param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <returns>
    /// The handshakes in the order in which they began. They are read while they are enumerated, and again with each enumeration. What could
    /// not be read is reported by <see cref="HandshakeOptions.Completed"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="HandshakeReadException">On enumeration: an input cannot be read.</exception>
    public static IEnumerable<Handshake> Read(string path, HandshakeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read([path], options);
    }

    /// <summary>Reads several captures as one, in the order of time.</summary>
    /// <param name="paths">At least one path, each as in <see cref="Read(string, HandshakeOptions?)"/>.</param>
    /// <param name="options">How they are read; null for the defaults.</param>
    /// <returns>As <see cref="Read(string, HandshakeOptions?)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="paths"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="paths"/> is empty.</exception>
    /// <exception cref="HandshakeReadException">On enumeration: an input cannot be read.</exception>
    public static IEnumerable<Handshake> Read(IEnumerable<string> paths, HandshakeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] all = [.. paths];
        if (all.Length == 0) throw new ArgumentException("At least one path is required.", nameof(paths));
        return HandshakeReader.Read(limits => CaptureFiles.Open(all, limits), options ?? new HandshakeOptions());
    }

    /// <summary>Reads a capture from a stream.</summary>
    /// <param name="stream">
    /// The capture, from its beginning; it must support synchronous reads, and need not support seeking. It is read from another thread and closed
    /// when the enumeration ends; one that ends early waits for a read in progress.
    /// </param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <returns>The handshakes in the order in which they began. They are read while they are enumerated, once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="HandshakeReadException">On enumeration: the stream is not a capture, or another input cannot be read.</exception>
    /// <exception cref="InvalidOperationException">On a second enumeration.</exception>
    public static IEnumerable<Handshake> Read(Stream stream, HandshakeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var unparsed = stream;
        return HandshakeReader.Read(
            limits => CaptureFiles.Open(Interlocked.Exchange(ref unparsed, null) ?? throw new InvalidOperationException("The stream has been read already."), StreamName, limits),
            options ?? new HandshakeOptions());
    }

    /// <summary>
    /// Captures from a network interface. It requires libpcap and, on most systems, administrative rights. A handshake is returned when it is decided;
    /// its connection may go on. A caller that is slower than the traffic makes the kernel drop frames.
    /// </summary>
    /// <param name="interfaceName">The interface, such as <c>eth0</c>; <c>any</c> for all of them, where the system supports that.</param>
    /// <param name="options">How it is captured; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the capture.</param>
    /// <returns>The handshakes in the order in which they are decided. Each enumeration is a capture of its own.</returns>
    /// <exception cref="ArgumentException"><paramref name="interfaceName"/> is null or empty.</exception>
    /// <exception cref="HandshakeReadException">On enumeration: the interface does not exist or access is denied, or another input cannot be read.</exception>
    /// <exception cref="OperationCanceledException">On enumeration: <paramref name="cancellationToken"/> was cancelled.</exception>
    public static IAsyncEnumerable<Handshake> ReadLiveAsync(string interfaceName, HandshakeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(interfaceName);
        return HandshakeReader.Watch(filter => LiveCapture.Open(new LiveOptions { Interface = interfaceName, Filter = filter }), options ?? new HandshakeOptions(), cancellationToken);
    }

    private const string StreamName = "stream";
}
