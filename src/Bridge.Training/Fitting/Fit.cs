namespace Bridge.Training.Fitting;

/// <summary>Teaches models. The same examples in the same order give the same weights.</summary>
internal static class Fit
{
    private const double Negligible = 1e-4;

    /// <summary>Teaches a model to choose: the probabilities of what is right shall sum to one (softmax).</summary>
    /// <param name="model">The model.</param>
    /// <param name="questions">The examples.</param>
    /// <param name="plan">How to learn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void ToChoose(TrainableModel model, IEnumerable<Question> questions, FitPlan plan, CancellationToken cancellationToken)
    {
        Question[] order = [.. questions.Where(question => question.Teaches)];
        var random = new Random(plan.Seed);
        for (int round = 0; round < plan.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle(order);
            double rate = plan.Rate / Math.Sqrt(1 + round);
            foreach (Question question in order)
            {
                Teach(model, question, rate, plan.Decay);
            }
        }
    }

    /// <summary>Teaches a model to tell yes from no (logistic regression).</summary>
    /// <param name="model">The model.</param>
    /// <param name="answers">The examples.</param>
    /// <param name="plan">How to learn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void ToAnswer(TrainableModel model, IEnumerable<(uint[] Features, bool Yes)> answers, FitPlan plan, CancellationToken cancellationToken)
    {
        (uint[] Features, bool Yes)[] order = [.. answers];
        var random = new Random(plan.Seed);
        for (int round = 0; round < plan.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle(order);
            double rate = plan.Rate / Math.Sqrt(1 + round);
            foreach ((uint[] features, bool yes) in order)
            {
                double share = 1 / (1 + Math.Exp(-model.Score(features)));
                model.Move(features, share - (yes ? 1 : 0), rate, plan.Decay);
            }
        }
    }

    private static void Teach(TrainableModel model, Question question, double rate, double decay)
    {
        double[] shares = [.. question.Features.Select(features => model.Score(features))];
        double highest = shares.Max();
        (double all, double right) = (0, 0);
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Math.Exp(shares[i] - highest);
            all += shares[i];
            right += question.Right[i] ? shares[i] : 0;
        }

        for (int i = 0; i < shares.Length; i++)
        {
            double gradient = (shares[i] / all) - (question.Right[i] ? shares[i] / Math.Max(right, 1e-12) : 0);
            if (Math.Abs(gradient) > Negligible)
            {
                model.Move(question.Features[i], gradient, rate, decay);
            }
        }
    }
}

/// <summary>How to learn.</summary>
/// <param name="Rounds">How often every example is seen.</param>
/// <param name="Rate">The rate of learning in the first round.</param>
/// <param name="Decay">How strongly weights are pulled to zero.</param>
/// <param name="Seed">Gives the order of the examples.</param>
internal sealed record FitPlan(int Rounds, double Rate, double Decay, int Seed);
