using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid;

/// <summary>
/// Runs the analysis for <see cref="Handshakes"/>. The analysis pushes what it finds, an enumeration pulls: a thread of its own runs the one and
/// a bounded channel connects it to the other. The alternative, advancing the analysis frame by frame from the enumerator, would need no thread
/// but a second way to drive it, and reading would stop whenever the caller works. The bound stops the analysis instead of filling memory.
/// </summary>
internal static class HandshakeReader
{
    /// <summary>Reads a capture. Nothing is opened before the enumeration begins; disposing the enumerator stops the thread and closes the capture.</summary>
    public static IEnumerable<Handshake> Read(Func<AnalyzerLimits, ICaptureSource> open, HandshakeOptions options)
    {
        using var stop = new CancellationTokenSource();
        HandshakeReadSummary? summary = null;
        var found = Start(sink => summary = Analyze(open, options, sink, stop.Token), out var reading);
        try
        {
            while (found.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                while (found.TryRead(out var handshake)) yield return handshake;
            }
        }
        finally
        {
            stop.Cancel();
            reading.Wait(CancellationToken.None);
        }

        options.Completed?.Invoke(summary!);
    }

    /// <summary>Watches an interface until it disappears or the enumeration ends.</summary>
    public static async IAsyncEnumerable<Handshake> Watch(
        Func<string?, ILiveSource> open, HandshakeOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        HandshakeReadSummary? summary = null;
        var found = Start(sink => summary = Watch(open, options, sink, stop.Token), out var reading);
        try
        {
            await foreach (var handshake in found.ReadAllAsync(cancellation)) yield return handshake;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }

        cancellation.ThrowIfCancellationRequested();
        options.Completed?.Invoke(summary!);
    }

    /// <summary>Starts the thread. Its exceptions come out of the channel, where the caller waits; <paramref name="reading"/> never fails.</summary>
    private static ChannelReader<Handshake> Start(Action<ChannelWriter<Handshake>> work, out Task reading)
    {
        // A browser has one thread: there the capture is read to its end first.
        var channel = OperatingSystem.IsBrowser()
            ? Channel.CreateUnbounded<Handshake>()
            : Channel.CreateBounded<Handshake>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
        reading = Task.CompletedTask;
        if (OperatingSystem.IsBrowser()) Run();
        else reading = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return channel.Reader;

        void Run()
        {
            try
            {
                work(channel.Writer);
                channel.Writer.Complete();
            }
            catch (Exception e) when (e is CaptureException or FilterException)
            {
                channel.Writer.Complete(new HandshakeReadException(e.Message, e.InnerException));
            }
            catch (Exception e)
            {
                channel.Writer.Complete(e);
            }
        }
    }

    private static HandshakeReadSummary Analyze(Func<AnalyzerLimits, ICaptureSource> open, HandshakeOptions options, ChannelWriter<Handshake> sink, CancellationToken stop)
    {
        var settings = HandshakeSettings.Of(options);
        using var source = Filtered(open(settings.Limits), options.CaptureFilter);
        return HandshakeSettings.Summary(new HandshakeAnalyzer(settings).Analyze(source, connection => Send(sink, new Handshake(connection), stop), tick: null, stop), default);
    }

    private static HandshakeReadSummary Watch(Func<string?, ILiveSource> open, HandshakeOptions options, ChannelWriter<Handshake> sink, CancellationToken stop)
    {
        var settings = HandshakeSettings.Of(options);
        using var source = open(options.CaptureFilter);
        var summary = new HandshakeAnalyzer(settings).Watch(source, new Watcher(sink, stop), stop);
        return HandshakeSettings.Summary(summary, source.Statistics);
    }

    private static void Send(ChannelWriter<Handshake> sink, Handshake handshake, CancellationToken stop)
    {
        if (!sink.TryWrite(handshake)) sink.WriteAsync(handshake, stop).AsTask().GetAwaiter().GetResult();
    }

    private static ICaptureSource Filtered(ICaptureSource source, string? filter)
    {
        if (string.IsNullOrEmpty(filter)) return source;
        try
        {
            return new FilteredCapture(source, filter);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reports a handshake when it is decided, and again where it turned out otherwise.</summary>
    private sealed class Watcher(ChannelWriter<Handshake> sink, CancellationToken stop) : IConnectionWatcher
    {
        public void Decided(DiagnosedConnection connection) => Send(sink, new Handshake(connection), stop);

        public void Revised(DiagnosedConnection connection) => Send(sink, new Handshake(connection, isRevision: true), stop);

        public void Over(DiagnosedConnection connection)
        {
        }

        public bool Turn(IWatchView view) => !stop.IsCancellationRequested;
    }

    /// <summary>Handshakes that wait for the caller: enough to keep the analysis busy, few enough to fit any memory.</summary>
    private const int MaxWaiting = 256;
}
