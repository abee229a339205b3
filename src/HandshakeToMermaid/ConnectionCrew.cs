using System.Runtime.ExceptionServices;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid;

/// <summary>
/// Reads and judges connections that are over on threads of its own, while the capture is read on. A connection that has its place in
/// the books depends on nothing else any more, so its turn does not matter. Work goes around in batches; where no thread is free, whoever
/// brings the work does it, so that no more is under way than a few batches.
/// </summary>
internal sealed class ConnectionCrew : IDisposable
{
    private readonly Func<Func<EndedConnection, object?>> worker;
    private readonly Action<TcpFlow, object?> done;
    private readonly Func<EndedConnection, object?> own;
    private readonly Queue<Batch> underWay = new();
    private readonly Queue<Batch> waiting = new();
    private readonly List<Thread> threads = [];
    private readonly int most;
    private Batch current = new();
    private bool isOver;

    /// <summary>Nobody works yet: threads begin when the first batch is full.</summary>
    /// <param name="most">Threads at most.</param>
    /// <param name="own">What the caller's thread does with a connection; the answer is what is kept of it.</param>
    /// <param name="worker">Makes what another thread does.</param>
    /// <param name="done">Is told, on the caller's thread, of each connection what is kept.</param>
    public ConnectionCrew(int most, Func<EndedConnection, object?> own, Func<Func<EndedConnection, object?>> worker, Action<TcpFlow, object?> done)
    {
        this.most = most;
        this.worker = worker;
        this.done = done;
        this.own = own;
    }

    /// <summary>Takes a connection that is over.</summary>
    public void Take(EndedConnection connection)
    {
        current.Connections.Add(connection);
        if (current.Connections.Count < BatchSize) return;
        HandOver();
        while (underWay.TryPeek(out var first) && first.IsDone) Tell(underWay.Dequeue());
    }

    /// <summary>Waits until everything taken is told.</summary>
    public void Finish()
    {
        Work(current, own);
        underWay.Enqueue(current);
        current = new Batch();
        while (underWay.TryDequeue(out var batch))
        {
            // What nobody has begun is done here.
            while (!batch.IsDone && TryNext(out var next)) Work(next, own);
            batch.Wait();
            Tell(batch);
        }
    }

    /// <summary>Lets the threads end; what was not told is lost.</summary>
    public void Dispose()
    {
        lock (waiting)
        {
            isOver = true;
            waiting.Clear();
            Monitor.PulseAll(waiting);
        }
    }

    private void HandOver()
    {
        var batch = current;
        current = new Batch();
        underWay.Enqueue(batch);
        if (threads.Count < most) Begin();
        lock (waiting)
        {
            if (waiting.Count < threads.Count * BatchesAhead)
            {
                waiting.Enqueue(batch);
                Monitor.Pulse(waiting);
                return;
            }
        }

        Work(batch, own);
    }

    private void Begin()
    {
        var work = worker();
        var thread = new Thread(() => Run(work)) { IsBackground = true, Name = "connections" };
        threads.Add(thread);
        thread.Start();
    }

    private void Run(Func<EndedConnection, object?> work)
    {
        while (true)
        {
            Batch batch;
            lock (waiting)
            {
                while (waiting.Count == 0 && !isOver) Monitor.Wait(waiting);
                if (isOver) return;
                batch = waiting.Dequeue();
            }

            Work(batch, work);
        }
    }

    private bool TryNext(out Batch batch)
    {
        lock (waiting) return waiting.TryDequeue(out batch!);
    }

    private static void Work(Batch batch, Func<EndedConnection, object?> work)
    {
        try
        {
            for (var i = 0; i < batch.Connections.Count; i++) batch.Kept.Add(work(batch.Connections[i]));
        }
        catch (Exception fault)
        {
            // It is thrown again where the capture is read: a thread of its own would take the program down without a word.
            batch.Fault = fault;
        }

        batch.End();
    }

    private void Tell(Batch batch)
    {
        if (batch.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        for (var i = 0; i < batch.Connections.Count; i++) done(batch.Connections[i].Flow, batch.Kept[i]);
    }

    /// <summary>Half a millisecond of work: waking a thread for less costs more than it saves.</summary>
    private const int BatchSize = 32;

    /// <summary>Batches that wait for each thread.</summary>
    private const int BatchesAhead = 2;

    private sealed class Batch
    {
        private volatile bool isDone;

        public List<EndedConnection> Connections { get; } = new(BatchSize);

        public List<object?> Kept { get; } = new(BatchSize);

        public Exception? Fault { get; set; }

        public bool IsDone => isDone;

        public void End()
        {
            lock (this)
            {
                isDone = true;
                Monitor.PulseAll(this);
            }
        }

        public void Wait()
        {
            lock (this)
            {
                while (!isDone) Monitor.Wait(this);
            }
        }
    }
}
