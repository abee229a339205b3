using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Reads and judges connections on threads of their own while the capture is read on. Work goes in batches through a bounded channel; where it is full, the
/// thread that reads the capture does the batch itself, so that no more than a few batches are under way.
/// </summary>
/// <typeparam name="TResult">What is made of a connection.</typeparam>
internal sealed class ConnectionWorkers<TResult> : IDisposable
    where TResult : class
{
    private readonly Func<Func<CorrelatedFlow, TResult?>> worker;
    private readonly Action<CorrelatedFlow, TResult?> done;
    private readonly Func<CorrelatedFlow, TResult?> own;
    private readonly Channel<Batch> waiting;
    private readonly Queue<Batch> underWay = new();
    private readonly int maxWorkers;
    private Batch current = new();
    private int heldBytes;
    private int workers;

    /// <summary>No worker runs yet: they start when batches are full.</summary>
    /// <param name="maxWorkers">Workers at most, besides the caller's thread.</param>
    /// <param name="worker">Makes what a worker does with a connection.</param>
    /// <param name="done">Receives each connection with its result, on the caller's thread and in the order in which connections were added.</param>
    public ConnectionWorkers(int maxWorkers, Func<Func<CorrelatedFlow, TResult?>> worker, Action<CorrelatedFlow, TResult?> done)
    {
        (this.maxWorkers, this.worker, this.done) = (maxWorkers, worker, done);
        own = worker();
        waiting = Channel.CreateBounded<Batch>(new BoundedChannelOptions(maxWorkers * BatchesAhead) { SingleWriter = true, AllowSynchronousContinuations = true });
    }

    /// <summary>Adds a connection; reports those that are done.</summary>
    public void Add(CorrelatedFlow connection)
    {
        current.Connections.Add(connection);
        heldBytes += connection.Flow.HeldBytes;
        if (current.Connections.Count < BatchSize && heldBytes < BatchBytes) return;
        heldBytes = 0;
        var batch = current;
        current = new Batch();
        underWay.Enqueue(batch);
        if (workers < maxWorkers) Start();
        if (!waiting.Writer.TryWrite(batch)) batch.Run(own);
        while (underWay.TryPeek(out var first) && first.IsDone) Report(underWay.Dequeue());
    }

    /// <summary>Waits for everything that was added, and reports it.</summary>
    public void Finish()
    {
        waiting.Writer.TryComplete();
        current.Run(own);
        underWay.Enqueue(current);
        current = new Batch();
        while (underWay.TryDequeue(out var batch))
        {
            // What no worker has begun is done here.
            while (!batch.IsDone && waiting.Reader.TryRead(out var next)) next.Run(own);
            batch.Wait();
            Report(batch);
        }
    }

    /// <summary>Lets the workers end; what was not reported is lost.</summary>
    public void Dispose() => waiting.Writer.TryComplete();

    private void Start()
    {
        workers++;
        var work = worker();
        _ = Task.Factory.StartNew(() => Run(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Blocks where nothing waits. A task that awaits the channel resumes on another thread of the pool after each wait, and idle threads of the
    /// pool spin: together a tenth of the processor time of a long list.
    /// </summary>
    private void Run(Func<CorrelatedFlow, TResult?> work)
    {
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (waiting.Reader.TryRead(out var batch)) batch.Run(work);
        }
    }

    private void Report(Batch batch)
    {
        batch.ThrowIfFailed();
        for (var i = 0; i < batch.Connections.Count; i++) done(batch.Connections[i], batch.Results[i]);
    }

    /// <summary>Half a millisecond of work: waking a thread for less costs more than it saves.</summary>
    private const int BatchSize = 32;

    /// <summary>Recorded bytes after which a batch is full: connections with chains of a megabyte must not wait by the hundred.</summary>
    private const int BatchBytes = 1024 * 1024;

    /// <summary>Batches that wait for each worker: connections end in bursts, and the reading thread is the busier one.</summary>
    private const int BatchesAhead = 4;

    private sealed class Batch
    {
        private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? failure;

        public List<CorrelatedFlow> Connections { get; } = new(BatchSize);

        public List<TResult?> Results { get; } = new(BatchSize);

        public bool IsDone => completion.Task.IsCompleted;

        public void Run(Func<CorrelatedFlow, TResult?> work)
        {
            try
            {
                foreach (var connection in Connections) Results.Add(work(connection));
            }
            catch (Exception fault)
            {
                // Thrown again where the capture is read, so that the caller sees it.
                failure = fault;
            }

            completion.SetResult();
        }

        public void Wait() => completion.Task.Wait();

        public void ThrowIfFailed()
        {
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }
    }
}
