using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Results come out in the order in which things began.</summary>
public sealed class CompletionQueueTests
{
    [Fact]
    public void What_began_first_comes_out_first_however_it_ends()
    {
        var released = new List<string>();
        var queue = new CompletionQueue<string>(result => released.Add(result ?? "-"));
        queue.Complete(3, "third");
        queue.CompleteWithout(2);
        Assert.Empty(released);
        queue.Complete(1, "first");
        Assert.Equal(["first", "third"], released);
    }

    [Fact]
    public void A_connection_without_a_result_counts_and_one_that_is_none_does_not()
    {
        var released = new List<string>();
        var queue = new CompletionQueue<string>(result => released.Add(result ?? "-"));
        queue.Complete(1, null);
        queue.CompleteWithout(2);
        queue.Complete(3, "third");
        Assert.Equal(["-", "third"], released);
    }

    [Fact]
    public void An_ordinal_completed_twice_keeps_its_first_result()
    {
        var released = new List<string>();
        var queue = new CompletionQueue<string>(result => released.Add(result ?? "-"));
        queue.Complete(2, "kept");
        queue.Complete(2, "lost");
        queue.CompleteWithout(1);
        queue.Complete(1, "late");
        Assert.Equal(["kept"], released);
    }

    [Fact]
    public void Any_order_of_completion_gives_the_order_of_ordinals()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var released = new List<string>();
            var queue = new CompletionQueue<string>(result => released.Add(result ?? "-"));
            var ordinals = Enumerable.Range(1, MoreThanFirstRoom).ToArray();
            random.Shuffle(ordinals);
            foreach (var ordinal in ordinals)
            {
                if (ordinal % 3 == 0) queue.CompleteWithout(ordinal);
                else queue.Complete(ordinal, $"{ordinal}");
            }

            Assert.Equal(Enumerable.Range(1, MoreThanFirstRoom).Where(t => t % 3 != 0).Select(t => $"{t}"), released);
        }
    }

    /// <summary>The queue begins with room for 64.</summary>
    private const int MoreThanFirstRoom = 200;
}
